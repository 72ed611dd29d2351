import { setTimeout as delay } from "node:timers/promises";
import type { FormField } from "@valet/contracts";
import type { ElementHandle, Frame } from "playwright";
import { pageScript, runInFrame } from "../page-script/page-script.ts";
import { type CalendarDay, formatDay, isoDay, parseDay } from "./date-text.ts";

const actionTimeoutMs = 3_000;
/** What a picker does not understand it takes back a moment after it is left. */
const settleMs = 120;

type DayOrder = "dmy" | "mdy";

/** Notations that pickers read, the clear one first. */
const patterns = [
  "yyyy-mm-dd",
  "dd/mm/yyyy",
  "mm/dd/yyyy",
  "dd.mm.yyyy",
  "dd-mm-yyyy",
  "yyyy/mm/dd",
] as const;

interface DayField {
  /** False for anything but a plain text field. */
  readonly isText: boolean;
  readonly held: string;
  readonly order: DayOrder | null;
  /** Signs between the parts, as the hint has them. */
  readonly sign: string | null;
  /** What the calendars of the page show as chosen. */
  readonly chosen: string[];
}

const readDayField = pageScript<FormField["selector"], DayField>((kit, selector) => {
  const field = kit.resolveAll(selector)[0];
  const isText = field instanceof HTMLInputElement && field.type === "text";
  if (!isText) return { isText, held: "", order: null, sign: null, chosen: [] };
  const hint = `${field.placeholder} ${field.getAttribute("data-date-format") ?? ""}`;
  return {
    isText,
    held: field.value,
    order: kit.dayOrderOf(field),
    sign: /\b[dmtjg]{1,2}([-/.])[dm]{1,2}\1[yja]{2,4}\b/iu.exec(hint)?.[1] ?? null,
    chosen: kit.chosenCalendarDays(),
  };
});

const noteOrder = pageScript<{ selector: FormField["selector"]; order: DayOrder }, null>(
  (kit, { selector, order }) => {
    const field = kit.resolveAll(selector)[0];
    if (field !== undefined) kit.noteDayOrder(field, order);
    return null;
  },
);

export interface DayToWrite {
  readonly frame: Frame;
  readonly selector: FormField["selector"];
  readonly control: ElementHandle<Element>;
  readonly day: CalendarDay;
}

/**
 * Writes a day into a field that did not take it as it was planned, in the notation it keeps. Where day
 * and month could be mixed up, only one that the field's own hint, its earlier value or its calendar
 * bears out is left standing.
 *
 * @returns what the field then holds; null when it kept no notation and was emptied again; undefined
 *   for anything but a plain text field.
 */
export async function writeDay(
  { frame, selector, control, day }: DayToWrite,
  signal: AbortSignal,
): Promise<string | null | undefined> {
  const read = (): Promise<DayField> =>
    runInFrame(frame, { script: readDayField, arg: selector }, signal);
  const before = await read();
  if (!before.isText) return undefined;
  const options = { timeout: actionTimeoutMs, signal };
  for (const pattern of candidates(before)) {
    const typed = formatDay(day, pattern);
    await control.fill(typed, options);
    const open = await read();
    await control.press("Tab", options);
    await delay(settleMs, undefined, { signal });
    const left = await read();
    const { held } = left;
    const order = orderThatSays(day, held);
    const isBorneOut =
      order === null ||
      order === before.order ||
      (parseDay(typed) !== undefined && held !== typed) ||
      [open, left].some(({ chosen }) => countOf(day, chosen) > countOf(day, before.chosen));
    if (order === undefined || !isBorneOut) continue;
    const noted = order ?? (/^\d{1,2}\D/u.test(held) ? orderOf(pattern) : null);
    if (noted !== null) {
      await runInFrame(frame, { script: noteOrder, arg: { selector, order: noted } }, signal);
    }
    return held;
  }
  await control.fill("", options);
  await control.press("Tab", options);
  return null;
}

/** The notation that the field shows or asks for, or else all that are known. */
function candidates({ held, order, sign }: DayField): readonly string[] {
  const known = parseDay(held, order ?? undefined);
  const shown = known && patterns.find((pattern) => formatDay(known, pattern) === held.trim());
  if (shown !== undefined) return [shown];
  if (order === null) return patterns;
  const between = sign ?? "/";
  const parts = order === "dmy" ? ["dd", "mm", "yyyy"] : ["mm", "dd", "yyyy"];
  return [parts.join(between), "yyyy-mm-dd"];
}

function orderOf(pattern: string): DayOrder | null {
  if (pattern.startsWith("y")) return null;
  return pattern.startsWith("d") ? "dmy" : "mdy";
}

/** The order by which a text is this day; null when it is by none other, undefined when it is not. */
function orderThatSays(day: CalendarDay, text: string): DayOrder | null | undefined {
  const says = (order?: DayOrder): boolean => {
    const read = parseDay(text, order);
    return read !== undefined && isoDay(read) === isoDay(day);
  };
  if (says()) return null;
  return (["dmy", "mdy"] as const).find((order) => says(order));
}

/** How many cells of a calendar stand for a day, whatever the language its month is named in. */
function countOf({ year, month, day }: CalendarDay, cells: readonly string[]): number {
  const isDay = (text: string): boolean => {
    const named = parseDay(text);
    if (named !== undefined) return isoDay(named) === isoDay({ year, month, day });
    const numbers = [...text.matchAll(/\d+/gu)].map(([digits]) => Number(digits));
    return numbers.length === 2 && numbers.includes(day) && numbers.includes(year);
  };
  return cells.filter((cell) => cell.split(" | ").some((text) => isDay(text))).length;
}
