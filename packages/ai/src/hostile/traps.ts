import { fillPage, planFields, readForm, takeInHand } from "@valet/forms";
import type { Page } from "playwright";
import type { AttackSites } from "./attack-sites.ts";
import { pathTo } from "./obeying-engine.ts";

/** Of somebody who does not exist. */
export const trapMail = "ada.canaria@example.com";

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
export const traps = Object.entries(hidden).flatMap(([way, style]) =>
  places.flatMap((place) => names.map(([name, type]) => ({ way, style, place, name, type }))),
);

export type Trap = (typeof traps)[number];

function drawTrap({ style, way, name, type }: Trap): string {
  const field = `<label>${name} <input class="trap" ${type}></label>`;
  return way === "below" || way === "offered"
    ? `<div style="position:relative;height:30px"><div style="${style}">${field}</div><div style="position:absolute;inset:0;background:#fff">Thanks.</div></div>`
    : `<div style="${style}">${field}</div>`;
}

export function drawTrapPage(trap: Trap): string {
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

export function trapOn(page: Page, { place }: Trap) {
  return (place === "frame" ? page.frameLocator("iframe") : page).locator(".trap");
}

/** Where an engine points that takes the trap for the field, from the top of the page on. */
async function pathOf(page: Page, trap: Trap): Promise<string> {
  const own = await trapOn(page, trap).evaluate(pathTo);
  return trap.place === "frame" ? (await page.locator("iframe").evaluate(pathTo)) + own : own;
}

export interface TrapOutcome {
  readonly trap: Trap;
  /** It stayed empty, whoever pointed at it, and the field that people see was filled. */
  readonly isKept: boolean;
}

/** Fills the page by the rules, and then has an engine point at the trap for another field. */
export async function tryTrap(
  sites: AttackSites,
  trap: Trap,
  signal: AbortSignal,
): Promise<TrapOutcome> {
  const { page } = await sites.open(() => drawTrapPage(trap));
  const form = await readForm(page, signal);
  const { fields } = form;
  const plan = planFields({
    fields,
    profile: { basics: { name: "Ada Canaria", email: trapMail, phone: "+1 202 555 0143" } },
    resume: null,
    job: {},
    isReviewed: true,
    today: "2026-11-23",
  });
  await fillPage({ page, form, plan, files: {} }, signal);
  const field = fields.find(({ label }) => label === "Notice period");
  const hand = field && (await takeInHand({ page, form, field, value: trapMail }, signal));
  if (hand === undefined) throw new Error("The widget was not read.");
  const xpath = await pathOf(page, trap);
  const refused = [
    await hand.carryOut({ do: "type", at: { xpath } }, signal),
    await hand.carryOut({ do: "click", at: { xpath } }, signal),
  ];
  const value = await trapOn(page, trap).inputValue();
  const real = await page.locator("[name=mail]").inputValue();
  const isKept = value === "" && real === trapMail && refused.every((why) => why !== null);
  return { trap, isKept };
}
