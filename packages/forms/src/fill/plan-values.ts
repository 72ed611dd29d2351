import type { FieldValue, FormField, PlannedField } from "@valet/contracts";
import { normaliseQuestion } from "@valet/domain";
import { chooseOption, fold } from "../plan/choose-option.ts";
import { isoDay, parseDay } from "./date-text.ts";
import { slotWith } from "./time-slot.ts";

/** What a person gives for a visible label. Null leaves the field alone. */
export type GivenValue = string | number | boolean | readonly (string | number)[] | null;

export interface ValuesPlan {
  readonly plan: PlannedField[];
  /** Labels that no field of the form has. */
  readonly unmatched: string[];
  /** Ids of fields whose control cannot say the given value: not on its list, or of another type. */
  readonly unsuitable: string[];
}

/**
 * A plan from values by visible label. Each label goes to the one field that asks it, or to none: exact
 * words first, then the words without brackets and endings.
 */
export function planValues({
  fields,
  values,
}: {
  readonly fields: readonly FormField[];
  readonly values: Readonly<Record<string, GivenValue>>;
}): ValuesPlan {
  const open = fields.filter(({ policy, visible }) => policy !== "never" && visible);
  const targets = matchLabels(open, Object.entries(values));
  const plan: PlannedField[] = [];
  const unsuitable: string[] = [];
  for (const [label, value] of Object.entries(values)) {
    const field = targets.get(label);
    if (field === undefined || value === null) continue;
    const fitted = fitGiven(field, value);
    if (fitted === undefined) {
      unsuitable.push(field.id);
    } else {
      const why = `given for "${label.slice(0, 80)}"`;
      plan.push({
        id: field.id,
        action: "fill",
        value: fitted,
        source: "person",
        confidence: 1,
        why,
      });
    }
  }
  return {
    plan,
    unmatched: Object.keys(values).filter((label) => !targets.has(label)),
    unsuitable,
  };
}

type Given = readonly [string, GivenValue];

/** In rounds from strict to loose, so that a loose match never takes a field that another label names. */
function matchLabels(
  fields: readonly FormField[],
  given: readonly Given[],
): Map<string, FormField> {
  const found = new Map<string, FormField>();
  const taken = new Set<string>();
  const rounds: ((field: FormField, entry: Given) => boolean)[] = [
    ({ label }, [name]) => label.trim() === name.trim(),
    ({ label }, [name]) => normaliseQuestion(label) === normaliseQuestion(name),
    ({ label }, [name]) => bare(label) === bare(name) && bare(name) !== "",
    ({ id, name, domId }, [key]) => [id, name, domId].includes(key),
    (field, [, value]) => offersAll(field, value),
    ({ label }, [name]) => stems(label) === stems(name) && stems(name) !== "",
  ];
  for (const [round, fits] of rounds.entries()) {
    for (const entry of given) {
      if (found.has(entry[0])) continue;
      const fitting = fields.filter((field) => !taken.has(field.id) && fits(field, entry));
      // The same question asked twice is answered in order; a loose match must be the only one.
      const field = round <= 1 || fitting.length === 1 ? fitting[0] : undefined;
      if (field === undefined) continue;
      found.set(entry[0], field);
      taken.add(field.id);
    }
  }
  return found;
}

function bare(label: string): string {
  return normaliseQuestion(label.replace(/\([^()]*\)/gu, " "));
}

/** "Selected courses" and "Select courses" ask the same. */
function stems(label: string): string {
  return bare(label)
    .split(" ")
    .map((word) => (word.length > 4 ? word.replace(/(ed|ing|s)$/u, "") : word))
    .join(" ");
}

/** Several given texts that are all options of one control name it as well as its label does. */
function offersAll({ options }: FormField, value: GivenValue): boolean {
  if (!Array.isArray(value) || value.length === 0 || options.length === 0) return false;
  return value.every((text) => options.some((option) => fold(option) === fold(String(text))));
}

/** The value in the form the control takes; undefined when it cannot say it. */
export function fitGiven(field: FormField, value: GivenValue): FieldValue | undefined {
  if (value === null) return undefined;
  if (isEmptyGiven(value)) return Array.isArray(value) ? [] : "";
  switch (field.kind) {
    case "checkbox":
      return yesOrNo(value);
    case "select":
    case "radio-group":
    case "button-group":
      return oneOption(field, textOf(value));
    case "checkbox-group":
    case "listbox": {
      const texts = typeof value === "object" ? value.map(String) : [textOf(value)];
      const chosen = texts.map((text) => oneOption(field, text));
      const known = chosen.filter((option) => option !== undefined);
      return known.length === texts.length ? known : undefined;
    }
    case "combobox":
      if (typeof value === "object") return value.map(String);
      return field.options.length > 0 ? oneOption(field, textOf(value)) : textOf(value);
    case "date": {
      const day = parseDay(textOf(value));
      return day === undefined ? monthOrNothing(textOf(value)) : isoDay(day);
    }
    case "number":
      return numberOf(textOf(value));
    default:
      return textOf(value);
  }
}

function isEmptyGiven(value: GivenValue): boolean {
  return value === "" || (typeof value === "object" && value?.length === 0);
}

function textOf(value: Exclude<GivenValue, null>): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "object" ? value.join(", ") : String(value);
}

function yesOrNo(value: Exclude<GivenValue, null>): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = fold(textOf(value));
  if (/^(yes|true|1|on|checked|x|ja|oui|si|sim|tak)$/u.test(text)) return true;
  return /^(no|false|0|off|unchecked|nein|non|nao|nie|nee)$/u.test(text) ? false : undefined;
}

function oneOption({ options, meaning }: FormField, wanted: string): string | undefined {
  if (options.length === 0) return wanted;
  const chosen = chooseOption({ options, wanted, meaning });
  if (chosen !== undefined) return chosen;
  // "morning" for "Morning (9:00 AM - 12:00 PM)": the words before the bracket.
  const named = options.filter(
    (option) => fold(option.replace(/\s*[([].*$/u, "")) === fold(wanted),
  );
  if (named.length === 1) return named[0];
  const squeezed = options.filter((option) => squeeze(option) === squeeze(wanted));
  if (squeezed.length === 1) return squeezed[0];
  return slotWith(options, wanted) ?? sameDegree(options, wanted);
}

function squeeze(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}+]/gu, "");
}

const degrees: readonly RegExp[] = [
  /^(ph\.?\s?d|doctor(ate|al)?\b.*|dr\.?)$/u,
  /^(master('?s)?( degree| of .*)?|m\.?sc|m\.?a|mba)$/u,
  /^(bachelor('?s)?( degree| of .*)?|b\.?sc|b\.?a)$/u,
  /^(high school.*|secondary school.*|ged)$/u,
];

/** One degree by another name. */
function sameDegree(options: readonly string[], wanted: string): string | undefined {
  const degree = degrees.find((names) => names.test(fold(wanted)));
  if (degree === undefined) return undefined;
  const fitting = options.filter((option) => degree.test(fold(option)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function monthOrNothing(text: string): string | undefined {
  return /^\d{4}-\d{2}$/u.test(text) ? text : undefined;
}

/** Digits without currency, spaces and thousands signs. */
function numberOf(text: string): string | undefined {
  const plain = text.replace(/[\s$€£¥%]|usd|eur/giu, "");
  if (/^-?\d+(\.\d+)?$/u.test(plain)) return plain;
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/u.test(plain)) return plain.replace(/,/gu, "");
  const leading = /^(-?\d+(?:\.\d+)?)\p{L}+$/u.exec(plain);
  return leading?.[1];
}
