import type { FormField } from "@valet/contracts";
import { assignMeaning } from "../meaning/assign-meaning.ts";
import { cleanFileLabel, cleanLabel, isMarkedRequired } from "./clean-label.ts";
import { honeypotReason } from "./honeypot.ts";
import { originAndPath } from "./form-page.ts";
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
  return frames.flatMap((frame, frameIndex) =>
    frame.controls.map((raw) => {
      const base = `${frameIndex === 0 ? "" : `frame${frameIndex}.`}${baseId(raw)}`;
      const count = (taken.get(base) ?? 0) + 1;
      taken.set(base, count);
      const id = count === 1 ? base : `${base}~${count}`;
      return { field: buildField({ id, raw, frame: originAndPath(frame.url) }), raw, frameIndex };
    }),
  );
}

function buildField({
  id,
  raw,
  frame,
}: {
  readonly id: string;
  readonly raw: RawControl;
  readonly frame: string;
}): FormField {
  const label = labelText(raw);
  const understood = assignMeaning({
    kind: raw.kind,
    inputType: raw.inputType,
    label,
    group: cleanLabel(raw.group),
    name: raw.name,
    domId: raw.domId,
    autocomplete: raw.autocomplete,
    options: raw.options,
    trap: honeypotReason(raw),
    isSearchRegion: raw.region === "search",
  });
  const barred = understood.policy === "never" ? null : barredReason(raw);
  return {
    id,
    frame,
    selector: raw.selector,
    ...(raw.domId === "" ? {} : { domId: raw.domId }),
    ...(raw.name === "" ? {} : { name: raw.name }),
    label,
    kind: raw.kind,
    meaning: understood.meaning,
    confidence: understood.confidence,
    required: raw.required || isMarkedRequired(raw.label),
    options: [...raw.options],
    visible: raw.visible,
    policy: barred === null ? understood.policy : "never",
    why: barred ?? understood.why,
  };
}

function barredReason(raw: RawControl): string | null {
  if (raw.region !== null) return `it belongs to the page's ${raw.region} area`;
  if (!raw.visible) return "it is not shown to people";
  if (raw.disabled) return "it is disabled";
  return raw.readOnly && raw.kind !== "combobox" ? "it cannot be typed into" : null;
}

/** Ids that frameworks count up or draw at random differ between two loads of one page. */
const generatedId =
  /^[:«_]?r[:_]?\w{0,4}[:»_]$|:r\w+:|«r\w+»|_r_\w+_|^(react-select|headlessui|radix|mui|downshift|ember|ext-gen|yui|uid|input|field|jv-field)-?[_-]?[\w:]*\d|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|^\d+$/iu;

function baseId(raw: RawControl): string {
  const isGroup = raw.kind === "radio-group" || raw.kind === "checkbox-group";
  const keys = isGroup ? [raw.name] : [raw.domId, raw.name];
  const stable = keys.find((key) => key !== "" && !generatedId.test(key));
  // An upload widget may put its input away once it has the file; only its label stays.
  if (stable !== undefined && raw.kind !== "file") return stable;
  const words = labelText(raw)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, 60);
  return words === "" ? (stable ?? raw.kind) : words;
}

function labelText({ kind, label }: RawControl): string {
  return kind === "file" ? cleanFileLabel(label) : cleanLabel(label);
}
