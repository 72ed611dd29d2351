import type { FieldValue } from "@valet/contracts";
import type { SentField, TriedApplication } from "./apply-once.ts";
import type { LedgerLine } from "./practice-sites.ts";

/** What is wrong with one application, as its site's ledger shows it; nothing when it is as planned. */
export function judgeApplication(
  { fields, missed }: Pick<TriedApplication, "fields" | "missed">,
  line: LedgerLine | undefined,
): string[] {
  const faults = missed.map((field) => `not brought to its value: ${field}`);
  if (line === undefined) return [...faults, "nothing was stored"];
  const planned = new Map<string, SentField>();
  for (const field of fields) {
    if (field.planned?.action !== "fill" || field.planned.value === null) continue;
    if (field.key === "") faults.push(`a field of no question was filled: ${field.label}`);
    planned.set(field.key, field);
  }
  for (const [key, field] of planned) {
    const sent = line.fields[key];
    if (!isAsPlanned(field, sent)) {
      faults.push(`${field.label}: wanted ${show(field.planned?.value)}, sent ${show(sent)}`);
    }
  }
  for (const [key, sent] of Object.entries(line.fields)) {
    if (planned.has(key) || isNothing(sent)) continue;
    const isOfSite = fields.some((field) => field.key === key && field.held?.source === "site");
    if (!isOfSite) faults.push(`sent without a plan: ${key} = ${show(sent)}`);
  }
  return faults;
}

function isAsPlanned(
  { kind, meaning, planned, held }: SentField,
  sent: FieldValue | undefined,
): boolean {
  const value = planned?.value ?? null;
  if (value === null || sent === undefined) return false;
  if (typeof value === "boolean") return value === (sent !== "" && sent !== "false");
  const [wanted, have] = [[value].flat(), [sent].flat().map(String)];
  // Of several wordings for one thing the person approves the one the page took.
  if (kind === "combobox" && wanted.length > 1 && typeof held?.value === "string") {
    // A chosen dialling code is shown shorter than its option.
    return have.length === 1 && [held.value, ...wanted].includes(have[0] ?? "");
  }
  // What a list offers is known only once it is open, in whatever language.
  if (kind === "combobox" && typeof sent === "string") {
    return wanted.includes(sent) || translations[String(wanted[0])]?.includes(sent) === true;
  }
  if (kind === "tel" || meaning === "phone")
    return digits(wanted[0] ?? "").endsWith(digits(have[0] ?? "x"));
  return (
    wanted.length === have.length &&
    wanted.toSorted().every((text, index) => text === have.toSorted()[index])
  );
}

const translations: Readonly<Record<string, readonly string[]>> = {
  Yes: ["Ja", "Oui", "Sí"],
  No: ["Nein", "Non"],
};

function digits(text: string): string {
  return text.replace(/\D/gu, "");
}

function isNothing(sent: FieldValue): boolean {
  return sent === "" || (Array.isArray(sent) && sent.length === 0);
}

function show(value: unknown): string {
  return JSON.stringify(value ?? null);
}
