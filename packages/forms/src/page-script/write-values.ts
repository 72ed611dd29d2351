import type { FieldKind, FieldValue, FormField } from "@valet/contracts";
import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

export interface ValueToWrite {
  readonly id: string;
  readonly kind: FieldKind;
  readonly selector: FormField["selector"];
  readonly value: FieldValue;
}

export interface WriteResult {
  readonly id: string;
  /** `other`: no plain control; it takes a person's keys and clicks. */
  readonly result: "written" | "missing" | "too_long" | "no_such_option" | "disabled" | "other";
}

/**
 * The fast path: sets plain controls through the browser's own setters and fires the events a person's
 * input would. Whether a value stuck is for a later reading to say.
 */
export const writeValues = pageScript<readonly ValueToWrite[], WriteResult[]>(
  (kit, entries) => entries.map((entry) => ({ id: entry.id, result: writeValue(kit, entry) })),
  [writeValue, writeText, writeSelect, writeChoices, writeMembers, enter, leave],
);

function writeValue(kit: PageKit, { kind, selector, value }: ValueToWrite): WriteResult["result"] {
  const members = kit.resolveAll(selector);
  const first = members[0];
  if (first === undefined) return "missing";
  if (members.every((member) => member.matches(":disabled, [aria-disabled=true]")))
    return "disabled";
  if (first instanceof HTMLSelectElement) {
    return writeSelect(
      first,
      [value].flat().filter((text) => text !== ""),
    );
  }
  if (first instanceof HTMLTextAreaElement) return writeText(first, String(value));
  if (first instanceof HTMLInputElement) {
    return first.type === "radio" || first.type === "checkbox"
      ? writeChoices(kit, members, value)
      : writeText(first, String(value));
  }
  const isChoice = /^(radio-group|button-group|checkbox|checkbox-group)$/u.test(kind);
  return isChoice ? writeMembers(kit, members, value) : "other";
}

/** Buttons and boxes that only play a choice: each click turns one, so only those that differ get one. */
function writeMembers(
  kit: PageKit,
  found: readonly Element[],
  value: FieldValue,
): WriteResult["result"] {
  const members = kit.choiceMembers(found);
  const wanted = [value].flat().filter((text) => text !== "");
  const isWanted = (member: Element): boolean =>
    typeof value === "boolean" ? value : wanted.includes(kit.memberLabel(member));
  if (wanted.length > 0 && value !== false && !members.some((member) => isWanted(member))) {
    return "no_such_option";
  }
  const differing = members.filter((member) => kit.isChosen(member) !== isWanted(member));
  // Of several that shut each other out, the wanted one alone is pressed.
  const isOneOf = members.length > 1 && typeof value === "string" && value !== "";
  for (const member of isOneOf ? differing.filter((one) => isWanted(one)) : differing) {
    if (member instanceof HTMLElement) member.click();
  }
  return "written";
}

function writeText(
  control: HTMLInputElement | HTMLTextAreaElement,
  text: string,
): WriteResult["result"] {
  if (control.maxLength >= 0 && text.length > control.maxLength) return "too_long";
  const prototype = Object.getPrototypeOf(control);
  const property = Object.getOwnPropertyDescriptor(prototype, "value");
  enter(control);
  // Frameworks shadow the property on the element; its prototype's setter is the one they notice.
  property?.set?.call(control, text);
  control.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
  leave(control);
  return "written";
}

function writeSelect(
  select: HTMLSelectElement,
  wanted: readonly (string | boolean)[],
): WriteResult["result"] {
  const textOf = (option: HTMLOptionElement): string => option.text.replace(/\s+/gu, " ").trim();
  const chosen = [...select.options].filter((option) => wanted.includes(textOf(option)));
  if (chosen.length === 0 && wanted.length > 0) return "no_such_option";
  enter(select);
  if (select.multiple) {
    for (const option of select.options) option.selected = chosen.includes(option);
  } else {
    // Nothing wanted: back to the row that stands for it.
    const empty = [...select.options].find((option) => option.value === "");
    if (chosen.length === 0 && empty === undefined) return "no_such_option";
    select.selectedIndex = (chosen[0] ?? empty)?.index ?? -1;
  }
  select.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  select.dispatchEvent(new Event("change", { bubbles: true }));
  leave(select);
  return "written";
}

function writeChoices(
  kit: PageKit,
  members: readonly Element[],
  value: FieldValue,
): WriteResult["result"] {
  const inputs = members.filter((member) => member instanceof HTMLInputElement);
  const wanted = [value].flat();
  const isWanted = (input: HTMLInputElement): boolean =>
    typeof value === "boolean" ? value : wanted.includes(kit.choiceLabel(input));
  const isEmpty = value === false || wanted.every((text) => text === "");
  if (!isEmpty && !inputs.some((input) => isWanted(input))) return "no_such_option";
  for (const input of inputs) {
    const isRadio = input.type === "radio";
    if (input.checked === isWanted(input) || (isRadio && !isWanted(input))) continue;
    input.click();
    input.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  }
  return "written";
}

/**
 * Forms that check on blur need one, and pages in the background fire none. The real focus lays the whole
 * page out at each field, which grows with the square of their number: 5 ms each where there are 2,000.
 */
function enter(control: HTMLElement): void {
  control.dispatchEvent(new FocusEvent("focus"));
  control.dispatchEvent(new FocusEvent("focusin", { bubbles: true, composed: true }));
}

function leave(control: HTMLElement): void {
  control.dispatchEvent(new FocusEvent("blur"));
  control.dispatchEvent(new FocusEvent("focusout", { bubbles: true, composed: true }));
}
