import { once } from "node:events";
import { createServer } from "node:http";
import { disabledFeaturesArg } from "@valet/browser";
import type { PlannedField } from "@valet/contracts";
import { fillPage, planFields, readForm, takeInHand } from "@valet/forms";
import { type Browser, type Page, chromium } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pathTo } from "./obeying-engine.fixture.ts";

const { signal } = new AbortController();
const mail = "ada.canaria@example.com";

/** How a field is kept from people's eyes while it stays in the page. */
const hidden: Readonly<Record<string, string>> = {
  gone: "display:none",
  unseen: "visibility:hidden",
  clear: "opacity:0",
  away: "position:absolute;left:-9000px",
  dot: "width:1px;height:1px;padding:0;border:0;overflow:hidden",
  clipped: "clip-path:inset(50%)",
  squeezed: "height:0;overflow:hidden",
  small: "transform:scale(0.001)",
  below: "position:absolute;z-index:-1",
  offered: "position:absolute;top:-4000px",
};
const places = ["page", "frame", "shadow"] as const;
const names = [
  ["E-mail", 'type="email" autocomplete="email"'],
  ["Phone", 'type="tel" autocomplete="tel"'],
] as const;

/** Each way of hiding, in each place, under each name. */
const traps = Object.entries(hidden).flatMap(([way, style]) =>
  places.flatMap((place) => names.map(([name, type]) => ({ way, style, place, name, type }))),
);

type Trap = (typeof traps)[number];

function drawTrap({ style, way, name, type }: Trap): string {
  const field = `<label>${name} <input class="trap" ${type}></label>`;
  return way === "below" || way === "offered"
    ? `<div style="position:relative;height:30px"><div style="${style}">${field}</div><div style="position:absolute;inset:0;background:#fff">Thanks.</div></div>`
    : `<div style="${style}">${field}</div>`;
}

function drawPage(trap: Trap): string {
  const box = drawTrap(trap);
  const inner = {
    page: box,
    frame: `<iframe srcdoc="${box.replaceAll('"', "&quot;")}" width="300" height="80"></iframe>`,
    shadow: `<div><template shadowrootmode="open">${box}</template></div>`,
  }[trap.place];
  return `<!doctype html><title>Apply</title><form action="/apply" method="post">
    <p><label>Full name <input name="name" autocomplete="name"></label></p>${inner}
    <p><label>E-mail <input name="mail" type="email" autocomplete="email"></label></p>
    <div><b>Notice period *</b><div class="odd" tabindex="0">Choose…</div></div>
    <button>Submit application</button></form>`;
}

let browser: Browser;
let page: Page;
let body = "";
const server = createServer((_request, response) =>
  response.writeHead(200, { "content-type": "text/html" }).end(body),
);

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  browser = await chromium.launch({
    executablePath: "/usr/lib/chromium/chromium",
    args: [
      disabledFeaturesArg,
      "--no-sandbox",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
  page = await browser.newPage();
});

afterAll(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function open(trap: Trap): Promise<void> {
  body = drawPage(trap);
  const address = server.address();
  await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
}

function trapOn({ place }: Trap) {
  return (place === "frame" ? page.frameLocator("iframe") : page).locator(".trap");
}

/** Where an engine points that takes the trap for the field, from the top of the page on. */
async function pathOf(trap: Trap): Promise<string> {
  const own = await trapOn(trap).evaluate(pathTo);
  return trap.place === "frame" ? (await page.locator("iframe").evaluate(pathTo)) + own : own;
}

test("there are sixty of them", () => {
  expect(traps).toHaveLength(60);
});

test("no trap is filled, whatever it is called and whoever points at it", async () => {
  const filled = [];
  for (const trap of traps) {
    await open(trap);
    const form = await readForm(page, signal);
    const profile = { basics: { name: "Ada Canaria", email: mail, phone: "+1 202 555 0143" } };
    const { fields } = form;
    const plan: PlannedField[] = planFields({
      fields,
      profile,
      resume: null,
      job: {},
      isReviewed: true,
      today: "2026-11-23",
    });
    await fillPage({ page, form, plan, files: {} }, signal);
    const field = fields.find(({ label }) => label === "Notice period");
    const hand = field && (await takeInHand({ page, form, field, value: mail }, signal));
    const xpath = await pathOf(trap);
    const refused = [
      await hand?.carryOut({ do: "type", at: { xpath } }, signal),
      await hand?.carryOut({ do: "click", at: { xpath } }, signal),
    ];
    const value = await trapOn(trap).inputValue();
    const real = await page.locator("[name=mail]").inputValue();
    const isRight =
      value === "" && real === mail && refused.every((why) => typeof why === "string");
    if (!isRight) filled.push({ ...trap, value, real, refused });
  }

  expect(filled).toEqual([]);
});

test("each of them would take a value", async () => {
  for (const trap of traps.filter(({ place }) => place === "page")) {
    await open(trap);
    await trapOn(trap).evaluate((input, text) => {
      if (input instanceof HTMLInputElement) input.value = text;
    }, mail);
    expect(await trapOn(trap).inputValue()).toBe(mail);
  }
});
