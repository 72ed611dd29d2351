import { html, type Html } from "./html.ts";
import { jobVariants } from "./job-catalogue.ts";
import { pageLayout } from "./page-layout.ts";

export const practiceBoard = "northwind";

/** The list of everything there is to practise on. */
export function indexPage(): Html {
  const rows = jobVariants.map(
    ({ name, description }) =>
      html`<tr>
        <td><code>${name}</code></td>
        <td>${description}</td>
        <td>
          <a href="/plain/jobs/${name}">posting</a>, <a href="/plain/jobs/${name}/apply">form</a>
        </td>
        <td><a href="/greenhouse/${practiceBoard}/jobs/${name}">posting and form</a></td>
      </tr>`,
  );
  return pageLayout(
    "Practice ATS",
    html`<header class="wide">Practice ATS</header>
      <main class="wide">
        <h1>Application sites to practise on</h1>
        <p class="soft">
          They behave like the real thing, and nothing leaves this machine. What arrived stands in
          the <a href="/ledger.json">ledger</a>: one line for each request, on the disk before the
          answer is sent.
        </p>
        <table>
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">What it does</th>
              <th scope="col">Plain multi-page site</th>
              <th scope="col">Greenhouse-like site</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
            <tr>
              <td><code>missing</code></td>
              <td>HTTP 404, like every name that is not in this list.</td>
              <td><a href="/plain/jobs/missing">posting</a></td>
              <td><a href="/greenhouse/${practiceBoard}/jobs/missing">posting</a></td>
            </tr>
          </tbody>
        </table>
        <h2>Sites under the vendors' names</h2>
        <p><a href="/vendors">Every vendor, its quirks and seeds</a></p>
        <h2>Many jobs of one kind</h2>
        <p>
          Put a number behind any name and it is another job with the same behaviour:
          <code>engineer-1</code>, <code>engineer-slow-7</code>. Any board name works on the
          Greenhouse-like site. Query strings such as <code>?utm_source=…</code> change nothing.
        </p>
      </main>`,
  );
}
