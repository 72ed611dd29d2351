import type { SnapshotField } from "@valet/contracts";

/** What a request carries, by name. */
export type SentEntry =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly fileName: string };

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
  entries: readonly SentEntry[],
): PayloadDifference {
  const texts = new Set(
    entries.map((entry) => plain("value" in entry ? entry.value : entry.fileName)),
  );
  const held = fields.map((field) => ({ field, texts: textsOf(field).map(plain).filter(isSome) }));
  const known = new Set(held.flatMap((one) => one.texts));
  return {
    notCarried: held
      .filter((one) => one.texts.some((text) => !texts.has(text)))
      .map(({ field }) => field.label),
    beyondTheForm: [
      ...new Set(
        entries
          .map((entry) => ({
            name: entry.name,
            text: plain("value" in entry ? entry.value : entry.fileName),
          }))
          .filter(({ text }) => isSome(text) && !known.has(text))
          .map(({ name }) => name),
      ),
    ],
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
