import type { PayloadEntry, SnapshotField } from "@valet/contracts";

/** In what a request differs from the form that it sends. */
export interface PayloadDifference {
  /** Labels of fields that hold something which the request does not carry as it stands there. */
  readonly notCarried: readonly string[];
  /** Names under which the request carries something that no field shows: hidden fields, tokens. */
  readonly beyondTheForm: readonly string[];
}

/**
 * Sites send codes in place of words ("US" for "United States") and dates in their own form, so what is not
 * carried letter by letter need not be wrong: it is what a person should look at.
 */
export function comparePayload(
  fields: readonly SnapshotField[],
  entries: readonly PayloadEntry[],
): PayloadDifference {
  const sent = entries.map((entry) => ({
    name: entry.name,
    text: plain("value" in entry ? entry.value : entry.fileName),
  }));
  const texts = new Set(sent.map(({ text }) => text));
  const held = fields.map((field) => ({ field, texts: textsOf(field).map(plain).filter(isSome) }));
  const known = new Set(held.flatMap((one) => one.texts));
  const beyond = sent.filter(({ text }) => isSome(text) && !known.has(text));
  return {
    notCarried: held
      .filter((one) => one.texts.some((text) => !texts.has(text)))
      .map(({ field }) => field.label),
    beyondTheForm: [...new Set(beyond.map(({ name }) => name))],
  };
}

function textsOf({ value, file }: SnapshotField): readonly string[] {
  if (file !== undefined) return [file.name];
  if (value === null || typeof value === "boolean") return [];
  return typeof value === "string" ? [value] : value;
}

function isSome(text: string): boolean {
  return text !== "";
}

function plain(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
