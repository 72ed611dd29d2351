import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Browser, chromium } from "playwright";
import type { Person } from "./people.fixture.ts";

const { resolve } = createRequire(import.meta.url);
/** Fonts that have the letters of many scripts, and no font of this machine. */
const fonts = {
  "Noto Sans": "@fontsource/noto-sans",
  "Noto Sans Arabic": "@fontsource/noto-sans-arabic",
  "Noto Sans Hebrew": "@fontsource/noto-sans-hebrew",
  Kosugi: "@fontsource/kosugi",
} as const;
const site = "http://fonts.invalid";

export interface PagePrinter {
  /** A PDF as a browser prints it: letters as glyphs of parts of fonts, right to left where the script is. */
  readonly print: (person: Person) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

export async function openPagePrinter(): Promise<PagePrinter> {
  const browser: Browser = await chromium.launch({
    executablePath: "/usr/lib/chromium/chromium",
    args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
  });
  const page = await browser.newPage();
  await page.route("**", async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") return route.fulfill({ contentType: "text/html", body: "" });
    const name = decodeURIComponent(pathname.slice(1));
    const contentType = name.endsWith(".css") ? "text/css" : "font/woff2";
    return route.fulfill({ contentType, body: await readFile(resolve(name)) });
  });
  return {
    async print(person) {
      await page.goto(`${site}/`);
      await page.setContent(draw(person), { waitUntil: "load" });
      await page.evaluate("document.fonts.ready.then(() => undefined)");
      return page.pdf({ format: "A4", printBackground: true });
    },
    close: () => browser.close(),
  };
}

function draw({ name, label, email, phone, place, work, education, skills }: Person): string {
  const links = Object.values(fonts).map(
    (one) => `<link rel="stylesheet" href="${site}/${one}/400.css">`,
  );
  const family = Object.keys(fonts)
    .map((one) => `"${one}"`)
    .join(", ");
  const entry = (head: string, below: string, from: string, to: string, items: readonly string[]) =>
    `<div class="row"><b>${head}</b><span>${from} – ${to}</span></div><div>${below}</div>
    <ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${links.join("")}<style>
    body{font:11pt ${family}} h1{font-size:22pt;font-weight:400;margin:0} h2{font-size:14pt;border-bottom:1px solid}
    .row{display:flex;justify-content:space-between} ul{margin:0}
  </style></head><body>
  <h1 dir="auto">${name}</h1><div>${label}</div><div>${email} | ${phone} | ${place}</div>
  <h2>Experience</h2>
  ${work.map((one) => entry(one.position, one.name, monthOf(one.startDate), monthOf(one.endDate), one.highlights)).join("")}
  <h2>Education</h2>
  ${education.map((one) => entry(`${one.studyType} in ${one.area}`, one.institution, monthOf(one.startDate), monthOf(one.endDate), [])).join("")}
  <h2>Skills</h2>
  ${skills.map((one) => `<div>${one.name}: ${one.keywords.join(", ")}</div>`).join("")}
  </body></html>`;
}

function monthOf(date: string): string {
  const [year, month] = date.split("-");
  return month === undefined ? date : `${month}/${year}`;
}
