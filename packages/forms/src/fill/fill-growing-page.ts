import { setTimeout as delay } from "node:timers/promises";
import type { PlannedField } from "@valet/contracts";
import { type Traffic, watchTraffic } from "../page-script/watch-traffic.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { type FillInput, fillPage } from "./fill-page.ts";
import type { FillReport } from "./fill-report.ts";
import { withTakenFiles } from "./with-taken-files.ts";

export interface GrowingPage extends Pick<FillInput, "page" | "form" | "onField"> {
  /** What to do with each field of the form as it then is. */
  readonly plan: (form: FormPage) => readonly PlannedField[];
  /** Files by field id of the form as it then is. */
  readonly files: (form: FormPage) => FillInput["files"];
  /** By field id of the form as it then is. */
  readonly recipes?: (form: FormPage) => FillInput["recipes"];
  /** Told into every reading of the form. */
  readonly refine: (form: FormPage) => FormPage;
}

export interface FilledPage {
  /** The form that was filled, with what its answers made it ask. */
  readonly form: FormPage;
  readonly report: FillReport;
}

/** A form that asks more with every answer is left to a person after this many times. */
const mostRounds = 4;
const quietLimitMs = 3_000;
/** What a page draws once it knows enough comes in its next frames. */
const drawMs = 100;

/**
 * Like `fillPage`, and then again for the questions that the answers have brought up, until the form
 * stays as it is. A question that went away is not missed; a form that nothing was added to comes back
 * as it was given.
 *
 * @throws ValetError `TIMEOUT` when the page answers no more.
 */
export async function fillGrowingPage(
  input: GrowingPage,
  signal: AbortSignal,
): Promise<FilledPage> {
  const traffic = watchTraffic(input.page);
  try {
    let { form } = input;
    for (let round = 1; ; round += 1) {
      const report = await fillOnce(input, form, signal);
      const now = await readAgain({ ...input, form }, traffic, signal);
      if (isAskingTheSame(form, now)) return { form, report };
      if (round === mostRounds) return { form: now, report: withUnfilled(report, input.plan(now)) };
      form = now;
    }
  } finally {
    traffic.close();
  }
}

function fillOnce(
  { page, plan, files, recipes, onField }: GrowingPage,
  form: FormPage,
  signal: AbortSignal,
): Promise<FillReport> {
  const known = recipes?.(form);
  const whole = { page, form, plan: plan(form), files: files(form) };
  return fillPage(
    { ...whole, ...(known && { recipes: known }), ...(onField && { onField }) },
    signal,
  );
}

async function readAgain(
  { page, form, files, refine }: GrowingPage,
  traffic: Traffic,
  signal: AbortSignal,
): Promise<FormPage> {
  await pollUntil(async () => (traffic.isQuiet() ? true : undefined), {
    timeoutMs: quietLimitMs,
    signal,
  });
  await delay(drawMs, undefined, { signal });
  const now = refine(await readForm(page, signal));
  return { ...now, fields: withTakenFiles(now.fields, { form, files: files(form) }) };
}

/** What has come too late to be filled is reported like any other value that did not get there. */
function withUnfilled({ fields }: FillReport, plan: readonly PlannedField[]): FillReport {
  const tried = new Set(fields.map(({ id }) => id));
  const late = plan.filter(({ id, action }) => action === "fill" && !tried.has(id));
  const unfilled = { ok: false, attempts: 0, problem: "not_reachable" } as const;
  return { fields: [...fields, ...late.map(({ id }) => ({ id, ...unfilled }))] };
}

function isAskingTheSame(before: FormPage, now: FormPage): boolean {
  const [old, current] = [askedIn(before), askedIn(now)];
  return old.size === current.size && [...old].every((id) => current.has(id));
}

function askedIn({ fields }: FormPage): Set<string> {
  return new Set(
    fields.filter(({ visible, policy }) => visible && policy !== "never").map(({ id }) => id),
  );
}
