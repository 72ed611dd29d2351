import { html, type Html } from "../html.ts";
import { pageLayout } from "../page-layout.ts";
import { vendorSites } from "./vendor-sites.ts";

/** Every vendor's site with its quirks, for a person with an ordinary browser on this machine. */
export function vendorsPage({
  port,
  seed,
}: {
  readonly port: number;
  readonly seed: number;
}): Html {
  const rows = vendorSites.map(({ name, posting, quirks }) => {
    const [host = "", ...path] = posting(seed).split("/");
    const address = `http://${host}.localhost:${port}/${path.join("/")}`;
    const withQuirks = quirks.map(
      (quirk) =>
        html`<li>
          <a href="${address}?quirk=${quirk.name}">${quirk.name}</a>: ${quirk.description}
        </li>`,
    );
    return html`<h2><a href="${address}">${name}</a></h2>
      <ul>
        ${withQuirks}
      </ul>`;
  });
  return pageLayout(
    "Practice ATS: vendors",
    html`<header class="wide">Practice ATS</header>
      <main class="wide">
        <h1>Sites that behave like the vendors'</h1>
        <p class="soft">
          Below each, what it does under a quirk. A seed varies language, questions, their order and
          what is optional: this is seed ${seed},
          <a href="/vendors?seed=${seed + 1}">the next one</a>.
        </p>
        ${rows}
      </main>`,
  );
}
