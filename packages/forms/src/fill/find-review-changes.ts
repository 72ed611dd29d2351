import type { SnapshotField, SnapshotPage } from "@valet/contracts";
import type { Page } from "playwright";
import { runInFrame } from "../page-script/page-script.ts";
import { readSummary } from "../page-script/read-summary.ts";
import { fold } from "../plan/fold.ts";
import { readForm } from "../read/read-form.ts";
import { findFrame } from "../read/readable-frames.ts";
import { isoDay, parseDay } from "./date-text.ts";

export interface ReviewToCheck {
  readonly page: Page;
  /** The pages before it as they were left. */
  readonly pages: readonly SnapshotPage[];
}

/** A field that the last page shows with another value than it was left with. */
export interface ReviewChange {
  readonly page: number;
  readonly field: string;
}

/**
 * Sites that list an application before it is sent show here whether they kept what was entered: some
 * résumé readers bring their own dates back by then. Pages with questions of their own are no such list.
 * Only what certainly differs is told: a date beside its label that is another, or a text that stands
 * nowhere while its label does.
 */
export async function findReviewChanges(
  { page, pages }: ReviewToCheck,
  signal: AbortSignal,
): Promise<ReviewChange[]> {
  const { fields, buttons } = await readForm(page, signal);
  const asks = fields.some(
    ({ kind, visible, policy }) => visible && policy !== "never" && kind !== "checkbox",
  );
  const frame = buttons.submit && findFrame(page, buttons.submit.frame);
  if (asks || frame === undefined) return [];
  const left = pages.flatMap((own) => own.fields.map((field) => ({ field, page: own.page })));
  const asked = left.filter(({ field: { visible, meaning } }) => visible && meaning !== "honeypot");
  const byLabel = [...Map.groupBy(asked, ({ field }) => field.label)].filter(
    ([label]) => label !== "",
  );
  const arg = byLabel.map(([label]) => label);
  const { text, shown } = await runInFrame(frame, { script: readSummary, arg }, signal);
  return byLabel.flatMap(([, own], index) => {
    const beside = shown[index] ?? [];
    return own
      .filter(({ field }) =>
        isChanged(field, { beside, isEach: beside.length >= own.length, text }),
      )
      .map(({ field, page: number }) => ({ page: number, field: field.id }));
  });
}

interface Shown {
  readonly beside: readonly string[];
  /** There are as many places as fields with this label. */
  readonly isEach: boolean;
  readonly text: string;
}

function isChanged({ kind, value }: SnapshotField, { beside, isEach, text }: Shown): boolean {
  const isOther = kind === "file" || kind === "password" || beside.length === 0;
  if (value === null || typeof value === "boolean" || isOther || !isEach) return false;
  const wanted = [value].flat().filter((one) => one.trim() !== "");
  if (wanted.some((one) => datesIn(one).length > 0)) {
    const dates = beside.map((one) => datesIn(one));
    if (dates.some((readings) => readings.length === 0)) return false;
    return !dates.some((readings) =>
      wanted.some((one) => readings.includes(datesIn(one)[0] ?? "")),
    );
  }
  return !wanted.every((one) => isShown(one, { beside, text }));
}

function isShown(wanted: string, { beside, text }: Pick<Shown, "beside" | "text">): boolean {
  const digits = wanted.replace(/\D/gu, "");
  // Numbers and telephone numbers are laid out in as many ways as there are countries.
  if (digits.length >= 3 && text.replace(/[\s().,/'’-]/gu, "").includes(digits.slice(-7)))
    return true;
  const want = plain(wanted);
  if (want === "" || plain(text).includes(want)) return true;
  const isShortened = (one: string): boolean =>
    /(…|\.{3})\s*$/u.test(one) && want.startsWith(plain(one));
  const isMasked = (one: string): boolean => /[*•●x]{3,}/iu.test(one);
  return beside.some((one) => isShortened(one) || isMasked(one));
}

function plain(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The days or months that a text can stand for, as `2018-03-01` or `2018-03`; none where it is no date. */
function datesIn(text: string): string[] {
  const clean = text.trim();
  const [, year, month] = /^(\d{4})[-/.](\d{1,2})$/u.exec(clean) ?? [];
  const [, first, behind] = /^(\d{1,2})\s*[-/.]\s*(\d{4})$/u.exec(clean) ?? [];
  const months = monthOf(year ?? behind, month ?? first);
  if (months !== undefined) return [months];
  const named = parseDay(`1 ${clean}`);
  if (named !== undefined && /^\p{L}/u.test(clean)) return [isoDay(named).slice(0, 7)];
  const days = [parseDay(clean), parseDay(clean, "mdy"), parseDay(clean, "dmy")];
  return days.filter((day) => day !== undefined).map((day) => isoDay(day));
}

function monthOf(year: string | undefined, month: string | undefined): string | undefined {
  const isMonth = Number(month) >= 1 && Number(month) <= 12;
  return year !== undefined && isMonth ? `${year}-${String(month).padStart(2, "0")}` : undefined;
}
