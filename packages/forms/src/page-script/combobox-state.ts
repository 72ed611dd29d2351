import type { FormField } from "@valet/contracts";
import { pageScript } from "./page-script.ts";

export interface ComboboxState {
  readonly shown: string | string[] | null;
  readonly isExpanded: boolean;
  readonly isLoading: boolean;
  readonly isMulti: boolean;
  /** Texts of the options on offer now. */
  readonly options: string[];
  /** The list goes on beyond them: only those in view are drawn. */
  readonly isPartial: boolean;
  /** Text can be typed into the control itself. */
  readonly isTypable: boolean;
}

export const comboboxState = pageScript<FormField["selector"], ComboboxState | null>(
  (kit, selector) => {
    const input = kit.resolveAll(selector)[0];
    if (input === undefined) return null;
    const list = kit.comboboxList(input);
    const box = kit.comboboxBox(input);
    const busy = "[class*=loading-indicator i], [class*=loadingIndicator], [aria-busy=true]";
    const options = kit.comboboxOptions(input);
    const says = (list ?? box)?.textContent ?? "";
    return {
      shown: kit.comboboxValue(input),
      isExpanded: input.getAttribute("aria-expanded") === "true",
      isLoading:
        box?.querySelector(busy) != null ||
        (options.length === 0 && /\b(loading|searching)\b/iu.test(says)),
      isMulti: kit.isMultiCombobox(input),
      options: options.map((option) => kit.widgetText(option)),
      isPartial: kit.isPartlyDrawn(options),
      isTypable:
        (input instanceof HTMLInputElement && !input.readOnly) ||
        (input instanceof HTMLElement && input.isContentEditable),
    };
  },
);

interface OptionToFind {
  readonly selector: FormField["selector"];
  readonly text: string;
}

/** Scrolls the list of a combobox, to its start or a little less than a view on; false where it did not move. */
export const scrollList = pageScript<
  { readonly selector: FormField["selector"]; readonly toStart: boolean },
  boolean
>((kit, { selector, toStart }) => {
  const input = kit.resolveAll(selector)[0];
  const option = input === undefined ? undefined : kit.comboboxOptions(input)[0];
  const box = option === undefined ? null : kit.scrollBoxOf(option);
  if (box === null) return false;
  const before = box.scrollTop;
  box.scrollTop = toStart ? 0 : before + Math.max(30, box.clientHeight * 0.8);
  return box.scrollTop !== before;
});

/** The option with exactly this text in the combobox's own list. */
export const comboboxOption = pageScript<OptionToFind, Element | null>(
  (kit, { selector, text }) => {
    const input = kit.resolveAll(selector)[0];
    if (input === undefined) return null;
    return kit.comboboxOptions(input).find((option) => kit.widgetText(option) === text) ?? null;
  },
);

/** What a person would click to choose a radio or checkbox: itself, its label, or the box around it. */
export const choiceTarget = pageScript<OptionToFind, Element | null>((kit, { selector, text }) => {
  const found = kit.resolveAll(selector);
  const members = kit.choiceMembers(found);
  const member =
    members.length === 1 ? members[0] : members.find((entry) => kit.memberLabel(entry) === text);
  if (member === undefined) return null;
  if (kit.isShown(member)) return member;
  const labels = member instanceof HTMLInputElement ? [...(member.labels ?? [])] : [];
  return labels.find((label) => kit.isShown(label)) ?? member.parentElement;
});
