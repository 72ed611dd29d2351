import type { ElementHandle, Page } from "playwright";
import { findByScript, findElement, runInFrame } from "../page-script/page-script.ts";
import { choiceTarget } from "../page-script/combobox-state.ts";
import { writeValues } from "../page-script/write-values.ts";
import { findFrame } from "../read/readable-frames.ts";
import { type FillJob, type FillProblem } from "./fill-report.ts";
import { readHeldValues } from "./read-held-values.ts";

const actionTimeoutMs = 3_000;

const problems: Readonly<Record<string, FillProblem>> = {
  missing: "missing",
  disabled: "disabled",
  too_long: "too_long",
  no_such_option: "no_such_option",
};

/** One script run per frame sets all plain controls at once. */
export async function writeInBatch(
  page: Page,
  jobs: readonly FillJob[],
  signal: AbortSignal,
): Promise<void> {
  for (const [frameUrl, own] of Map.groupBy(jobs, ({ field }) => field.frame)) {
    const frame = findFrame(page, frameUrl);
    const entries = own.map(({ field: { id, kind, selector }, value }) => ({
      id,
      kind,
      selector,
      value,
    }));
    const results =
      frame === undefined
        ? []
        : await runInFrame(frame, { script: writeValues, arg: entries }, signal);
    const byId = new Map(results.map(({ id, result }) => [id, result]));
    for (const job of own) {
      job.attempts += 1;
      job.problem = problems[byId.get(job.field.id) ?? "missing"] ?? null;
    }
  }
}

/** The slow path: what a person's keyboard and mouse would do. */
export async function fillTrusted(page: Page, job: FillJob, signal: AbortSignal): Promise<void> {
  const { field, value } = job;
  job.attempts += 1;
  job.problem = null;
  const frame = findFrame(page, field.frame);
  const control = frame && (await findElement(frame, field.selector, signal));
  if (frame === undefined || control === undefined) {
    job.problem = "missing";
    return;
  }
  const options = { timeout: actionTimeoutMs, signal };
  try {
    if (field.kind === "select" || field.kind === "listbox") {
      await control.selectOption(
        [value].flat().map((label) => ({ label: String(label) })),
        options,
      );
    } else if (field.kind === "radio-group" || field.kind.startsWith("checkbox")) {
      await clickChoices(page, job, signal);
    } else if (job.attempts <= 2) {
      await control.fill(String(value), options);
      await control.evaluate(blur);
    } else {
      await typeText(control, { text: String(value), options });
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const isList = field.kind === "select" || field.kind === "listbox";
    job.problem = isList ? "no_such_option" : "not_reachable";
  }
}

async function typeText(
  control: ElementHandle<Element>,
  {
    text,
    options,
  }: { readonly text: string; readonly options: { timeout: number; signal: AbortSignal } },
): Promise<void> {
  await control.fill("", options);
  await control.type(text, options);
  await control.evaluate(blur);
}

/** Runs in the page. */
function blur(element: Element): void {
  if (element instanceof HTMLElement) element.blur();
}

async function clickChoices(
  page: Page,
  { field, value }: FillJob,
  signal: AbortSignal,
): Promise<void> {
  const frame = findFrame(page, field.frame);
  if (frame === undefined) return;
  const held = await readHeldValues(page, [field], signal);
  const now = held.get(field.id)?.value ?? null;
  const wanted = typeof value === "boolean" ? [] : [value].flat();
  const on = Array.isArray(now) ? now : typeof now === "string" ? [now] : [];
  const toClick =
    typeof value === "boolean"
      ? now === value
        ? []
        : [""]
      : field.kind === "radio-group"
        ? wanted
        : [
            ...wanted.filter((text) => !on.includes(text)),
            ...on.filter((text) => !wanted.includes(text)),
          ];
  for (const text of toClick) {
    const arg = { selector: field.selector, text };
    const target = await findByScript(frame, { script: choiceTarget, arg }, signal);
    await target?.click({ timeout: actionTimeoutMs, signal });
  }
}
