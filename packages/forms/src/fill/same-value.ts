import type { FieldValue, FormField } from "@valet/contracts";
import { dialCodeIn } from "../plan/countries.ts";
import { chooseOption, fold } from "../plan/choose-option.ts";
import { isoDay, parseDay } from "./date-text.ts";

/**
 * Whether the page holds what was wanted. Pages may reformat: case, spacing, the layout of a phone number
 * and a trailing slash say nothing new.
 */
export function isSameValue({
  field,
  wanted,
  held,
  dayOrder = null,
}: {
  readonly field: Pick<FormField, "kind" | "meaning" | "precision">;
  readonly wanted: FieldValue;
  readonly held: FieldValue | null;
  /** How the page writes the parts of a day in this field, where that is known. */
  readonly dayOrder?: "dmy" | "mdy" | null;
}): boolean {
  if (typeof wanted === "boolean") return wanted === (held ?? false);
  if (typeof held === "boolean") return !held && isNothing(wanted);
  if (held === null || isNothing(wanted)) return isNothing(wanted) && isNothing(held ?? "");
  const isChoice = field.kind === "combobox" || (field.kind === "other" && !isNumeric(held));
  if (isChoice) return isSameChoice({ field, wanted, held });
  if (Array.isArray(wanted) || Array.isArray(held)) {
    const [want, have] = [[wanted].flat().toSorted(), [held].flat().toSorted()];
    return (
      want.length === have.length &&
      want.every((text, index) => fold(text) === fold(have[index] ?? ""))
    );
  }
  if (fold(wanted) === fold(held)) return true;
  if (field.kind === "tel" || field.meaning === "phone") return isSamePhone(wanted, held);
  if (field.kind === "number" || field.kind === "other") return Number(wanted) === Number(held);
  // A field that asks for no day holds the month of it.
  if (field.precision === "month" && wanted.startsWith(`${held}-`)) return true;
  if (isSameDay(wanted, held, dayOrder) || isSameNumber(wanted, held)) return true;
  if (isSameDigits(wanted, held)) return true;
  return field.kind === "url" || field.meaning.startsWith("url.")
    ? fold(wanted).replace(/\/+$/u, "") === fold(held).replace(/\/+$/u, "")
    : false;
}

/** Of a home-made widget nobody knows what it is; one that shows a number may be a slider. */
function isNumeric(held: string | string[]): boolean {
  return !Array.isArray(held) && held.trim() !== "" && !Number.isNaN(Number(held));
}

function isNothing(value: string | string[]): boolean {
  return value.length === 0 || (Array.isArray(value) && value.every((text) => text === ""));
}

/** A picker may write the day its own way, as long as it can be no other day. */
function isSameDay(wanted: string, held: string, order: "dmy" | "mdy" | null): boolean {
  const [want, have] = [parseDay(wanted), parseDay(held, order ?? undefined)];
  return want !== undefined && have !== undefined && isoDay(want) === isoDay(have);
}

/** Inputs of a few digits each hold a long number without the signs between its parts. */
function isSameDigits(wanted: string, held: string): boolean {
  const isLong = /^\d{6,}$/u.test(held) && /^\d[\d\s./-]*\d$/u.test(wanted.trim());
  return isLong && wanted.replace(/\D/gu, "") === held;
}

/** A money field may add thousands signs and a currency. */
function isSameNumber(wanted: string, held: string): boolean {
  const bare = (text: string): string => text.replace(/^\s*[$€£¥]|[$€£¥]\s*$/gu, "").trim();
  if (!/^-?\d{1,3}(,\d{3})+(\.\d+)?$/u.test(bare(held)) && bare(held) === held.trim()) return false;
  const plain = (text: string): string => bare(text).replace(/,(?=\d{3})/gu, "");
  return /^-?\d+(\.\d+)?$/u.test(plain(wanted)) && Number(plain(wanted)) === Number(plain(held));
}

/** A mask may drop the country code, never a digit of the rest. */
function isSamePhone(wanted: string, held: string): boolean {
  const [want, have] = [wanted.replace(/\D/gu, ""), held.replace(/\D/gu, "")];
  if (want === have) return true;
  const isDialCodeAdded = held.trim().startsWith("+") && have.length - want.length <= 3;
  if (isDialCodeAdded && want.length >= 6 && have.endsWith(want.replace(/^0/u, ""))) return true;
  const isDialCodeDropped = wanted.trim().startsWith("+") && want.length - have.length <= 4;
  return isDialCodeDropped && have.length >= 6 && want.endsWith(have.replace(/^0/u, ""));
}

/** Several wordings stand for one choice, unless the control shows several choices. */
function isSameChoice({
  field: { meaning },
  wanted,
  held,
}: {
  readonly field: Pick<FormField, "meaning">;
  readonly wanted: string | string[];
  readonly held: string | string[];
}): boolean {
  const texts = [wanted].flat();
  if (Array.isArray(held)) {
    return held.length === texts.length && texts.every((text) => held.includes(text));
  }
  if (
    texts.some((text) => chooseOption({ options: [held], wanted: text, meaning }) !== undefined)
  ) {
    return true;
  }
  // A phone widget shows only the code of what was chosen.
  const dials = texts.map((text) => dialCodeIn(text)).filter((dial) => dial !== undefined);
  const shown = dialCodeIn(held);
  return meaning === "phone.countryCode" && shown !== undefined && dials.includes(shown);
}

/** What a combobox shows after an option was taken: its text, or a part of it as whole words. */
export function isShownAs(option: string, held: FieldValue | null): boolean {
  if (typeof held === "boolean" || held === null) return false;
  const [want, shown] = [` ${fold(option)} `, [held].flat().map((text) => fold(text))];
  return shown.some((text) => text !== "" && want.includes(` ${text} `));
}
