import type { FieldKind, FieldValue, SnapshotField } from "@valet/contracts";

/** What decides which values a field can take. */
export interface FieldToSet {
  readonly kind: FieldKind;
  /** Empty where they are not known. */
  readonly options: readonly string[];
}

/** Whether a person's value is of the kind, one of the choices and in the format that the field takes. */
export function isPossibleValue({ kind, options }: FieldToSet, value: FieldValue): boolean {
  if (kind === "file" || kind === "password") return false;
  if (kind === "checkbox") return typeof value === "boolean";
  if (typeof value === "boolean") return false;
  if (Array.isArray(value) && !listKinds.has(kind)) return false;
  const texts = [value].flat().filter((text) => text !== "");
  if (options.length > 0) return texts.every((text) => options.includes(text));
  return texts.every((text) => formats[kind]?.(text) ?? true);
}

const listKinds: ReadonlySet<FieldKind> = new Set(["checkbox-group", "listbox", "combobox"]);

const formats: Partial<Record<FieldKind, (text: string) => boolean>> = {
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text),
  tel: (text) => text.replace(/\D/gu, "").length >= 5,
  url: (text) => URL.canParse(text) || URL.canParse(`https://${text}`),
  number: (text) => Number.isFinite(Number(text)),
};

/** The fields that a person's corrections name and that cannot take them; unknown ones are not among them. */
export function findImpossible(
  fields: readonly SnapshotField[],
  overrides: Readonly<Record<string, FieldValue>>,
): string[] {
  return fields
    .filter(({ id, kind, options = [] }) => {
      const value = overrides[id];
      return value !== undefined && !isPossibleValue({ kind, options }, value);
    })
    .map(({ id }) => id);
}
