import type { Page } from "playwright";
import { findElement } from "../page-script/page-script.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import { type Traffic, watchTraffic } from "../page-script/watch-traffic.ts";
import { type FormPage, layoutKey } from "../read/form-page.ts";
import { type FormReading, readFormState, tryReadFormState } from "../read/read-form.ts";
import { findFrame } from "../read/readable-frames.ts";

export type Advance =
  | { readonly kind: "advanced"; readonly form: FormPage }
  /** The page kept its form and says what is wrong; ids of the fields, empty when it names none. */
  | { readonly kind: "invalid"; readonly fields: readonly string[] }
  | { readonly kind: "stuck" };

export interface AdvanceInput {
  readonly page: Page;
  readonly form: FormPage;
  /** How long the site may take; slow ones need more than ten seconds. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 30_000;
const clickTimeoutMs = 5_000;
/** Readings in a row without requests or changes before a verdict; more where errors may be old ones. */
const quietReadings = 3;
const quietReadingsWithOldErrors = 20;

/** Clicks the button that leads on, once, and waits for what comes of it. */
export async function advance(
  { page, form, timeoutMs = defaultTimeoutMs }: AdvanceInput,
  signal: AbortSignal,
): Promise<Advance> {
  const { next } = form.buttons;
  const frame = next && findFrame(page, next.frame);
  const button = next && frame && (await findElement(frame, next.selector, signal));
  if (button === undefined) return { kind: "stuck" };
  const before = await readFormState(page, signal);
  const traffic = watchTraffic(page);
  try {
    await button.click({ timeout: clickTimeoutMs, noWaitAfter: true, signal });
    const judge = createJudge({ before, form, traffic });
    const verdict = await pollUntil(
      async () => {
        const now = await tryReadFormState(page, signal);
        return now === undefined ? undefined : judge(now);
      },
      { timeoutMs, signal },
    );
    return verdict ?? { kind: "stuck" };
  } catch (thrown) {
    if (signal.aborted || !isUnclickable(thrown)) throw thrown;
    return { kind: "stuck" };
  } finally {
    traffic.close();
  }
}

function isUnclickable(thrown: unknown): boolean {
  return (
    thrown instanceof Error && /timeout|not visible|not enabled|not attached/iu.test(thrown.message)
  );
}

/** Compares each reading with the page before the click; undefined while it is too early to tell. */
function createJudge({
  before,
  form,
  traffic,
}: {
  readonly before: FormReading;
  readonly form: FormPage;
  readonly traffic: Traffic;
}): (now: FormReading) => Advance | undefined {
  const layoutBefore = layoutKey(before.form.fields);
  const hadErrors = before.invalid.length > 0 || before.form.alerts > 0;
  let last = "";
  let quiet = 0;
  return (now) => {
    const layout = layoutKey(now.form.fields);
    const state = JSON.stringify([layout, now.invalid, now.form.alerts, now.frames[0]?.documentId]);
    const isBusy = !traffic.isQuiet() || now.frames.some(({ busy }) => busy);
    quiet = state === last && !isBusy ? quiet + 1 : 0;
    last = state;
    if (quiet < quietReadings) return undefined;
    const isOldForm = layout === layoutBefore || keepsMostOf(form, now.form);
    const isOtherPlace = now.form.url !== before.form.url;
    if (!isOldForm || (isOtherPlace && now.invalid.length === 0 && now.form.alerts === 0)) {
      return { kind: "advanced", form: now.form };
    }
    const isNewDocument = now.frames[0]?.documentId !== before.frames[0]?.documentId;
    if (now.invalid.length > 0 || now.form.alerts > 0) {
      const isFresh = isNewDocument || !hadErrors || quiet >= quietReadingsWithOldErrors;
      return isFresh ? { kind: "invalid", fields: now.invalid } : undefined;
    }
    // The browser's own validation refuses without changing the page.
    const isRefused = now.blocked.length > 0 && !isNewDocument;
    return isRefused ? { kind: "invalid", fields: now.blocked } : undefined;
  };
}

/** A failed check may reveal a field or two; a new page shares hardly any. */
function keepsMostOf(before: FormPage, now: FormPage): boolean {
  const shown = (form: FormPage): string[] =>
    form.fields.filter(({ visible }) => visible).map(({ id, label }) => `${id}\n${label}`);
  const old = shown(before);
  const present = new Set(shown(now));
  const kept = old.filter((key) => present.has(key)).length;
  return old.length > 0 && kept / old.length > 0.5 && kept / Math.max(present.size, 1) > 0.5;
}
