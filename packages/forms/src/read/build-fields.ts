import type { FormField } from "@valet/contracts";
import { cleanLabel } from "@valet/domain";
import { autocompleteMeaning } from "../meaning/autocomplete-meanings.ts";
import {
  assignMeaning,
  type FieldFacts,
  type Finding,
  policyOf,
} from "../meaning/assign-meaning.ts";
import { unscramble } from "../meaning/mojibake.ts";
import { refineMeanings } from "../meaning/refine-meanings.ts";
import { cleanFileLabel, isMarkedRequired } from "./clean-label.ts";
import { baseId } from "./field-id.ts";
import { adaptToPurpose, type FormPurpose, purposeBars, purposeOf } from "./form-purpose.ts";
import { honeypotReason } from "./honeypot.ts";
import type { RawControl, RawFrame } from "./raw-page.ts";

export interface BuiltField {
  readonly field: FormField;
  readonly raw: RawControl;
  /** Index of the frame it was read from. */
  readonly frameIndex: number;
}

/** Turns what the reader script found into fields with stable ids and meanings. */
export function buildFields(frames: readonly RawFrame[]): BuiltField[] {
  const taken = new Map<string, number>();
  return frames.flatMap((frame, frameIndex) => {
    const findings = understand(frame);
    return frame.controls.map((raw, index) => {
      const label = labelText(raw);
      const base = `${frameIndex === 0 ? "" : `frame${frameIndex}.`}${baseId(raw, label)}`;
      const count = (taken.get(base) ?? 0) + 1;
      taken.set(base, count);
      const id = count === 1 ? base : `${base}~${count}`;
      const understood = findings[index];
      if (understood === undefined) throw new Error("Every control has a finding.");
      return { field: buildField({ id, raw, label, frame, ...understood }), raw, frameIndex };
    });
  });
}

interface Understood {
  readonly finding: Finding;
  /** Why the field is left alone, whatever it means. */
  readonly barred: string | null;
}

/** Each control's meaning: from its own words, from its neighbours, and from what its form is for. */
function understand(frame: RawFrame): Understood[] {
  const facts = frame.controls.map((raw) => factsOf(raw));
  const traps = frame.controls.map((raw) => honeypotReason(raw));
  const first = facts.map((own, index) =>
    assignMeaning({ ...own, trap: trapFor(frame, index, traps) }),
  );
  const refined = refineMeanings(
    facts.map((own, index) => ({
      facts: own,
      finding: first[index] ?? { meaning: "unknown", confidence: 0, why: "" },
      form: frame.controls[index]?.form ?? -1,
    })),
  );
  const purposes = purposesOf(frame, refined);
  return frame.controls.map((raw, index) => {
    const finding = refined[index] ?? { meaning: "unknown", confidence: 0, why: "" };
    const purpose = purposes.get(raw.form) ?? "other";
    const trap = traps[index] ?? null;
    const barred = trap ?? barredReason(raw, frame) ?? purposeBars(purpose);
    return { finding: adaptToPurpose(finding, purpose), barred };
  });
}

/** Hidden lines that declare what they hold are there for the browser's own filling: barred, but understood. */
function trapFor(frame: RawFrame, index: number, traps: readonly (string | null)[]): string | null {
  const raw = frame.controls[index];
  const trap = traps[index] ?? null;
  const declared = raw === undefined ? undefined : autocompleteMeaning(raw.autocomplete);
  return declared === undefined ? trap : null;
}

function purposesOf(frame: RawFrame, findings: readonly Finding[]): Map<number, FormPurpose> {
  const forms = new Set(frame.controls.map(({ form }) => form));
  return new Map(
    [...forms].map((form) => {
      const own = frame.controls.map((raw, index) => ({ raw, finding: findings[index] }));
      const inside = own.filter(({ raw }) => raw.form === form);
      const purpose = purposeOf({
        form: frame.forms[form],
        controls: inside.map(({ raw }) => raw),
        findings: inside.map(({ finding }) => finding).filter((finding) => finding !== undefined),
        buttons: frame.buttons.filter((button) => button.form === form),
        title: frame.title,
      });
      return [form, purpose];
    }),
  );
}

function factsOf(raw: RawControl): FieldFacts {
  return {
    kind: raw.kind,
    inputType: raw.inputType,
    label: unscramble(labelText(raw)),
    group: cleanLabel(raw.group),
    placeholder: raw.placeholder,
    hint: raw.hint,
    name: raw.name,
    domId: raw.domId,
    autocomplete: raw.autocomplete,
    options: raw.options,
    maxLength: raw.maxLength,
    isSearchRegion: raw.region === "search",
  };
}

function buildField({
  id,
  raw,
  label,
  frame,
  finding,
  barred,
}: Understood & {
  readonly id: string;
  readonly raw: RawControl;
  readonly label: string;
  readonly frame: RawFrame;
}): FormField {
  const policy = policyOf(finding.meaning);
  return {
    id,
    frame: frame.address,
    selector: raw.selector,
    ...(raw.domId === "" ? {} : { domId: raw.domId }),
    ...(raw.name === "" ? {} : { name: raw.name }),
    label,
    kind: raw.kind,
    meaning: finding.meaning,
    confidence: finding.confidence,
    required: raw.required || isMarkedRequired(raw.label),
    options: [...raw.options],
    ...(raw.isMonth ? { precision: "month" as const } : {}),
    visible: raw.visible && frame.shown,
    policy: barred === null ? policy : "never",
    why: barred === null || policy === "never" ? finding.why : barred,
  };
}

function barredReason(raw: RawControl, frame: RawFrame): string | null {
  if (raw.region !== null) return `it belongs to the page's ${raw.region} area`;
  if (!frame.shown) return "its frame is not shown to people";
  if (!raw.visible) return "it is not shown to people";
  if (raw.disabled) return "it is disabled";
  if (raw.kind === "file") {
    const words = `${raw.label} ${raw.group} ${raw.hint} ${raw.name} ${raw.domId}`;
    if (rewritesForm.test(words)) return "the site rewrites the form from a file put there";
    if (isPicture.test(words)) return "it asks for a picture";
  }
  return raw.readOnly && raw.kind !== "combobox" ? "it cannot be typed into" : null;
}

const rewritesForm =
  /auto-?\s?fill|pre-?fill|(import|parse|fill|populate)\w* .{0,30}(from|with|using|your) .{0,20}(resume|résumé|cv|file|linkedin)/iu;
const isPicture =
  /\b(avatar|photo|photograph|picture|profile image|headshot|selfie|logo)\b|avatar|profile_?photo/iu;

function labelText({ kind, label }: RawControl): string {
  return kind === "file" ? cleanFileLabel(label) : cleanLabel(label);
}
