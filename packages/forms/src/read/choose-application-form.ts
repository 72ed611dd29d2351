import type { FormField, SnapshotPage } from "@valet/contracts";
import type { BuiltField } from "./build-fields.ts";
import { buttonRole, isExplicitSubmit } from "./button-words.ts";
import { carriedEntries, carriedQuery } from "./carried-entries.ts";
import { type FormButton, originAndPath } from "./form-page.ts";
import type { RawButton, RawForm, RawFrame } from "./raw-page.ts";

export interface ApplicationForm {
  readonly fields: FormField[];
  readonly buttons: { readonly next?: FormButton; readonly submit?: FormButton };
  readonly sending: FormSending;
  /** Ids of fields that would not be sent with it. */
  readonly outside: readonly string[];
}

/** Where an application goes from and to, and what it takes along that no field shows. */
export type FormSending = Pick<SnapshotPage, "target" | "frame" | "query" | "carried">;

/** A form element, or everything outside form elements, of one frame. */
interface Part {
  readonly frameIndex: number;
  readonly form: number;
}

/**
 * Of all forms on a page the one that asks for an application. Fields of the others (newsletter, sign-in,
 * search) stay listed and are never filled.
 */
export function chooseApplicationForm({
  frames,
  built,
}: {
  readonly frames: readonly RawFrame[];
  readonly built: readonly BuiltField[];
}): ApplicationForm {
  const part = bestPart({ frames, built });
  const isInside = ({ raw, frameIndex }: BuiltField): boolean =>
    frameIndex === part?.frameIndex && (raw.form === part.form || raw.form === -1);
  const outside = built.filter((entry) => !isInside(entry)).map(({ field }) => field.id);
  const fields = built.map((entry) => {
    const { field } = entry;
    if (isInside(entry) && isAskedAmongOthers(entry, built)) {
      const why = "it is named like a search and stands among the questions of this form";
      return { ...field, meaning: "question" as const, policy: "ask" as const, why };
    }
    if (isInside(entry) || field.policy === "never") return field;
    const why = "it belongs to another form of the page";
    return { ...field, policy: "never" as const, why };
  });
  const frame = part === null ? undefined : frames[part.frameIndex];
  if (part === null || frame === undefined) {
    return { fields, buttons: {}, sending: { target: null }, outside };
  }
  const { next, submit } = chooseRawButtons(frame, part);
  const buttons = {
    ...(next === undefined ? {} : { next: toButton(frame, next) }),
    ...(submit === undefined ? {} : { submit: toButton(frame, submit) }),
  };
  const addresses = [frames[0]?.url ?? "", frame.url];
  const sending = sendingOf({ frame, part, addresses, button: submit ?? next });
  return { fields, buttons, sending, outside };
}

const fewestOthers = 4;
/** A page that calls itself the review says more than the few lines of a form beside it. */
const reviewScore = 9;

/** A form that asks much else searches for nothing: its "Keywords" are one more question. */
function isAskedAmongOthers(
  { field, raw, frameIndex }: BuiltField,
  built: readonly BuiltField[],
): boolean {
  if (field.meaning !== "search" || raw.region !== null || raw.form === -1 || !field.visible) {
    return false;
  }
  const others = built.filter(
    (other) =>
      other.frameIndex === frameIndex &&
      other.raw.form === raw.form &&
      other.field.policy !== "never" &&
      other.field.visible,
  );
  return others.length >= fewestOthers;
}

function bestPart({
  frames,
  built,
}: {
  readonly frames: readonly RawFrame[];
  readonly built: readonly BuiltField[];
}): Part | null {
  let best: { readonly part: Part; readonly score: number } | null = null;
  for (const [frameIndex, frame] of frames.entries()) {
    for (const form of [...frame.forms.keys(), -1]) {
      const part = { frameIndex, form };
      const score = scoreOf({ frame, part, built });
      if (score > (best?.score ?? 0)) best = { part, score };
    }
  }
  return best?.part ?? null;
}

function scoreOf({
  frame,
  part,
  built,
}: {
  readonly frame: RawFrame;
  readonly part: Part;
  readonly built: readonly BuiltField[];
}): number {
  const own = built.filter(
    ({ raw, frameIndex }) => frameIndex === part.frameIndex && raw.form === part.form,
  );
  const { next, submit } = chooseRawButtons(frame, part);
  const open = own.filter(({ field }) => field.policy !== "never");
  const score = open.reduce((sum, { field }) => sum + weightOf(field), 0);
  const hasWayOn = next !== undefined || submit !== undefined;
  // A sign-in form asks for a password and next to nothing else.
  if (own.some(({ field }) => field.kind === "password" && field.visible) && open.length < 3)
    return 0;
  if (open.length === 0) {
    // A last page may show only a summary and the button.
    const isLast = submit !== undefined && (frame.isReview || isExplicitSubmit(submit.text));
    if (!isLast || (part.form === -1 && !frame.isReview)) return 0;
    return frame.isReview && isExplicitSubmit(submit.text) ? reviewScore : 1;
  }
  return hasWayOn ? score + 2 : part.form === -1 && score < 3 ? 0 : score;
}

function weightOf(field: FormField): number {
  if (field.meaning === "resume") return 4;
  return field.meaning === "unknown" ? 1 : 2;
}

function chooseRawButtons(
  frame: RawFrame,
  part: Part,
): { readonly next: RawButton | undefined; readonly submit: RawButton | undefined } {
  const usable = frame.buttons.filter(
    (button) => button.visible && button.region === null && button.form === part.form,
  );
  const find = (role: "next" | "submit"): RawButton | undefined => {
    const fitting = usable.filter(({ text }) => buttonRole(text) === role);
    // The form's own submit control wins over look-alikes; of several the last one stands at its end.
    return (
      fitting.findLast(({ type }) => type === "submit") ??
      fitting.findLast(({ type }) => type === "button") ??
      (role === "next" ? fitting.at(-1) : undefined)
    );
  };
  const next = find("next");
  const submit = find("submit") ?? (next === undefined ? onlySubmitControl(usable) : undefined);
  return { next, submit };
}

/** A lone submit control with unknown words sends the form: it must pass for the final one. */
function onlySubmitControl(buttons: readonly RawButton[]): RawButton | undefined {
  const controls = buttons.filter(({ type, text }) => type === "submit" && !isTurnedAway(text));
  return controls.length === 1 ? controls[0] : undefined;
}

function isTurnedAway(text: string): boolean {
  return /\b(sign|log|search|find|subscribe|newsletter|cookie|back|cancel|previous|alert|accept|upload|attach|save|verify|register|create|remove|delete)\w*\b/iu.test(
    text,
  );
}

function toButton(frame: RawFrame, { text, selector, enabled }: RawButton): FormButton {
  return { text, frame: frame.address, selector, enabled };
}

interface Sending {
  readonly frame: RawFrame;
  readonly part: Part;
  readonly addresses: readonly string[];
  readonly button: RawButton | undefined;
}

function sendingOf({ frame, part, addresses, button }: Sending): FormSending {
  const form = frame.forms[part.form];
  const queries = addresses.map((address) => carriedQuery(address, addresses));
  const query = queries.some((one) => one !== undefined) ? queries.join(" ") : undefined;
  const place = {
    frame: URL.parse(frame.url)?.origin ?? "",
    ...(query === undefined ? {} : { query }),
  };
  if (form === undefined) return { target: null, ...place };
  const own = button?.type === "submit" && button.sends !== null ? [button.sends] : [];
  const entries = [...form.entries, ...own];
  const target = targetOf({ frame, form, button, addresses });
  return { target, ...place, carried: carriedEntries({ entries, addresses }) };
}

function targetOf({
  frame,
  form,
  button,
  addresses,
}: Pick<Sending, "frame" | "button" | "addresses"> & {
  readonly form: RawForm;
}): SnapshotPage["target"] {
  const says = button?.type === "submit" ? button : undefined;
  const address = says?.action ?? form.action;
  const method = says?.method ?? form.method;
  if (address === null && method === "get") return null;
  const query = carriedQuery(address ?? frame.url, addresses);
  const opensIn = says?.opensIn ?? form.opensIn;
  return {
    action: originAndPath(address ?? frame.url),
    method,
    encoding: says?.encoding ?? form.encoding,
    ...(query === undefined ? {} : { query }),
    ...(opensIn === "" ? {} : { opensIn }),
  };
}
