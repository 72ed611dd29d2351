import type { FieldValue } from "@valet/contracts";
import type { ElementHandle, Frame, Page } from "playwright";
import { choiceTarget } from "../page-script/combobox-state.ts";
import { findByScript, findElement, runInFrame } from "../page-script/page-script.ts";
import { writeValues } from "../page-script/write-values.ts";
import { findFrame } from "../read/readable-frames.ts";
import { type FillJob, type FillProblem } from "./fill-report.ts";
import { pressCross } from "./clear-combobox.ts";
import { parseDay } from "./date-text.ts";
import { writeDay } from "./fill-day.ts";
import { fillSections, isSectioned, parseSections } from "./fill-sections.ts";
import { fillSegments, readSegments } from "./fill-segments.ts";
import { moveSlider, typeDigits } from "./fill-stepped.ts";
import { readHeldValues } from "./read-held-values.ts";
import { clickAsPerson, typingLimitMs } from "./trusted-input.ts";

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
    const entries = own.map(({ field: { id, kind, selector }, written }) => ({
      id,
      kind,
      selector,
      value: written,
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
  const { field, written } = job;
  job.attempts += 1;
  job.problem = null;
  const frame = findFrame(page, field.frame);
  const control = frame && (await findElement(frame, field.selector, signal));
  if (frame === undefined || control === undefined) {
    job.problem = "missing";
    return;
  }
  const isNativeList = await control.evaluate((element) => element instanceof HTMLSelectElement);
  try {
    if (isNativeList) {
      const labels = [written].flat().filter((label) => label !== "");
      const wanted = labels.map((label) => ({ label: String(label) }));
      await control.selectOption(wanted, { timeout: actionTimeoutMs, signal });
    } else if (isChoice(job)) {
      await clickChoices({ page, frame, job }, signal);
    } else if (field.kind === "date" && (await isSectioned(control))) {
      await fillSections(
        { frame, selector: field.selector, day: parseSections(String(written)) },
        signal,
      );
    } else {
      if (written === "" && field.kind === "text") {
        await pressCross({ frame, selector: field.selector, input: control }, signal);
      }
      const segments = field.kind === "text" ? await readSegments(control) : [];
      if (segments.length > 0) {
        const text = String(written);
        const spread = await fillSegments({ control, segments, text }, signal);
        if (spread === undefined) job.problem = "too_long";
        else job.written = spread;
        return;
      }
      const day = field.kind === "text" ? parseDay(String(written)) : undefined;
      const taken =
        day && (await writeDay({ frame, selector: field.selector, control, day }, signal));
      if (taken === null) {
        job.problem = "value_cleared";
      } else if (taken === undefined) {
        await fillText({ control, text: String(written), attempts: job.attempts }, signal);
      } else {
        job.written = taken;
      }
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    job.problem = isNativeList ? "no_such_option" : "not_reachable";
  }
}

function isChoice({ field: { kind } }: FillJob): boolean {
  return (
    kind === "radio-group" ||
    kind === "button-group" ||
    kind === "listbox" ||
    kind.startsWith("checkbox")
  );
}

interface TextInput {
  readonly control: ElementHandle<Element>;
  readonly text: string;
  readonly attempts: number;
}

/** First as one piece, then key by key: masks and counters want to see each key. */
async function fillText(
  { control, text, attempts }: TextInput,
  signal: AbortSignal,
): Promise<void> {
  const options = { timeout: actionTimeoutMs, signal };
  const role = await control.evaluate((element) =>
    element instanceof HTMLInputElement && element.type !== "range"
      ? null
      : element.getAttribute("role"),
  );
  if (role === "slider") return moveSlider({ control, wanted: text }, signal);
  if (role === "spinbutton") return typeDigits({ control, text }, signal);
  if (attempts <= 2) {
    await control.fill(text, options);
  } else {
    await control.fill("", options);
    await control.focus();
    await control.press("Home", options);
    await control.type(text, { timeout: typingLimitMs(text), signal });
  }
  // A real key leaves the field: pickers take over what was typed only then. An editor would take it as text.
  const isLine = await control.evaluate((element) => element instanceof HTMLInputElement);
  if (isLine) await control.press("Tab", options);
  await control.evaluate(blur);
}

/** Runs in the page. */
function blur(element: Element): void {
  if (element instanceof HTMLElement) element.blur();
}

interface ChoiceInput {
  readonly page: Page;
  readonly frame: Frame;
  readonly job: FillJob;
}

async function clickChoices({ page, frame, job }: ChoiceInput, signal: AbortSignal): Promise<void> {
  const { field, value } = job;
  const held = await readHeldValues(page, [field], signal);
  const now = held.get(field.id)?.value ?? null;
  for (const text of choicesToClick({ kind: field.kind, value, now })) {
    const arg = { selector: field.selector, text };
    const target = await findByScript(frame, { script: choiceTarget, arg }, signal);
    if (target === undefined) {
      job.problem = "no_such_option";
    } else {
      await clickAsPerson(target, signal);
    }
  }
}

/** Which members have to be clicked; a click on one that is chosen would take it back. */
function choicesToClick({
  kind,
  value,
  now,
}: {
  readonly kind: FillJob["field"]["kind"];
  readonly value: FieldValue;
  readonly now: FieldValue | null;
}): string[] {
  if (typeof value === "boolean") return (now ?? false) === value ? [] : [""];
  if (value === "" && kind === "checkbox") return now === true ? [""] : [];
  const wanted = [value].flat().filter((text) => text !== "");
  const on = typeof now === "boolean" || now === null ? [] : [now].flat();
  const missing = wanted.filter((text) => !on.includes(text));
  if ((kind === "radio-group" || kind === "button-group") && wanted.length > 0) return missing;
  return [...on.filter((text) => !wanted.includes(text)), ...missing];
}
