import type { Page } from "playwright";
import { findElement } from "../page-script/page-script.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { findFrame } from "../read/readable-frames.ts";
import { classifyPage, type PageKind } from "./classify-page.ts";
import type { ApplyWay } from "./page-facts.ts";
import { readPageFacts } from "./read-page-facts.ts";

export type OpenedForm =
  | { readonly kind: "form"; readonly form: FormPage }
  /** The posting sends applicants to another site. */
  | { readonly kind: "elsewhere"; readonly host: string }
  /** All the posting offers is a button that sends an application at once, without a form. */
  | { readonly kind: "one_click" }
  | Exclude<PageKind, { readonly kind: "form" | "form_with_errors" }>;

const appearTimeoutMs = 10_000;
const maxHops = 2;
const equalReadings = 3;

export interface OpenApplicationFormInput {
  readonly page: Page;
  /** Signature of the form that is to be found again: a reading that equals it needs no second look. */
  readonly expected?: string | undefined;
  /** How long the form must stay as it is, in milliseconds, on sites that draw a few fields first. */
  readonly steadyMs?: number | undefined;
  /** Nothing has been filled yet: a page that asks nothing and only sends is then no form. */
  readonly isFirst?: boolean | undefined;
}

/** From wherever the page stands to its application form: waits for it, or follows the posting's apply link. */
export async function openApplicationForm(
  { page, expected, steadyMs, isFirst = false }: OpenApplicationFormInput,
  signal: AbortSignal,
): Promise<OpenedForm> {
  let left: string | null = null;
  for (let hop = 0; ; hop += 1) {
    const kind = await settledKind({ page, left }, signal);
    // A way that stays on the site may still be sent on.
    if (left !== null && isElsewhere(page.url(), left)) {
      return { kind: "elsewhere", host: new URL(page.url()).host };
    }
    if (kind.kind === "form" || kind.kind === "form_with_errors") {
      const form = await settledForm({ page, expected, steadyMs }, signal);
      return isFirst && onlySends(form) ? { kind: "one_click" } : { kind: "form", form };
    }
    if (kind.kind !== "posting" || hop === maxHops) return kind;
    const { href, sends } = kind.apply;
    if (sends) return { kind: "one_click" };
    if (href !== null && !isSameSite(href, page.url())) {
      return { kind: "elsewhere", host: new URL(href).host };
    }
    left = page.url();
    await follow({ page, apply: kind.apply }, signal);
  }
}

function onlySends({ fields, buttons: { next, submit } }: FormPage): boolean {
  return next === undefined && submit !== undefined && !fields.some(isOpen);
}

function isOpen({ policy }: FormPage["fields"][number]): boolean {
  return policy !== "never";
}

/** A page that scripts draw is nothing at first; one that was just left must be gone before it counts. */
async function settledKind(
  { page, left }: { readonly page: Page; readonly left: string | null },
  signal: AbortSignal,
): Promise<PageKind> {
  let last: PageKind = { kind: "unknown" };
  const found = await pollUntil<PageKind>(
    async () => {
      const facts = await readPageFacts(page, signal);
      last = classifyPage(facts);
      if (last.kind === "unknown") return undefined;
      // A fault of the site that left the form standing is to be tried again on that form.
      if (last.kind === "site_error" && facts.hasApplicationForm) return { kind: "form" };
      return last.kind === "posting" && page.url() === left ? undefined : last;
    },
    { timeoutMs: appearTimeoutMs, signal },
  );
  return found ?? last;
}

async function settledForm(
  { page, expected, steadyMs = 0 }: OpenApplicationFormInput,
  signal: AbortSignal,
): Promise<FormPage> {
  let last = "";
  let equal = 0;
  let since = performance.now();
  const settled = await pollUntil(
    async () => {
      const form = await readForm(page, signal);
      if (form.signature === expected) return form;
      equal = form.signature === last ? equal + 1 : 1;
      if (equal === 1) since = performance.now();
      last = form.signature;
      const isSteady = performance.now() - since >= steadyMs;
      return equal >= equalReadings && isSteady ? form : undefined;
    },
    { timeoutMs: appearTimeoutMs, signal },
  );
  return settled ?? readForm(page, signal);
}

async function follow(
  { page, apply }: { readonly page: Page; readonly apply: ApplyWay },
  signal: AbortSignal,
): Promise<void> {
  if (apply.href !== null && !isSameDocument(apply.href, page.url())) {
    // Straight to the address: a click could open another window.
    await page.goto(apply.href, { waitUntil: "domcontentloaded", signal });
    return;
  }
  const frame = findFrame(page, apply.frame);
  const control = frame && (await findElement(frame, apply.selector, signal));
  await control?.click({ timeout: 3_000, noWaitAfter: true, signal });
}

function isSameDocument(href: string, current: string): boolean {
  const [there, here] = [new URL(href), new URL(current)];
  if (!/^https?:|^file:/u.test(there.protocol)) return true;
  return there.href.replace(/#.*$/u, "") === here.href.replace(/#.*$/u, "");
}

/** Same host, or one below the other's: never over to somebody else. */
function isSameSite(href: string, current: string): boolean {
  const [there, here] = [new URL(href), new URL(current)];
  if (!/^https?:$/u.test(there.protocol))
    return there.protocol === "javascript:" || there.protocol === here.protocol;
  if (there.host === here.host) return true;
  const isSecure = here.protocol === "http:" || there.protocol === "https:";
  const isBelow =
    there.host.endsWith(`.${bareHost(here)}`) || here.host.endsWith(`.${bareHost(there)}`);
  return isSecure && (isBelow || bareHost(there) === bareHost(here));
}

/** A page of the browser's own, such as that of a lost connection, is no other site. */
function isElsewhere(current: string, left: string): boolean {
  return /^https?:/u.test(current) && !isSameSite(current, left);
}

function bareHost({ host }: URL): string {
  return host.replace(/^www\./u, "");
}
