import type { FormField } from "@valet/contracts";
import { pageScript } from "./page-script.ts";

export interface ComboboxState {
  readonly shown: string | string[] | null;
  readonly isExpanded: boolean;
  readonly isLoading: boolean;
  readonly isMulti: boolean;
  /** Texts of the options on offer now. */
  readonly options: string[];
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
      options: options.map((option) => (option.textContent ?? "").replace(/\s+/gu, " ").trim()),
    };
  },
);

interface OptionToFind {
  readonly selector: FormField["selector"];
  readonly text: string;
}

/** The option with exactly this text in the combobox's own list. */
export const comboboxOption = pageScript<OptionToFind, Element | null>(
  (kit, { selector, text }) => {
    const input = kit.resolveAll(selector)[0];
    if (input === undefined) return null;
    const clean = (element: Element): string =>
      (element.textContent ?? "").replace(/\s+/gu, " ").trim();
    return kit.comboboxOptions(input).find((option) => clean(option) === text) ?? null;
  },
);

/** What a person would click to choose a radio or checkbox: itself, its label, or the box around it. */
export const choiceTarget = pageScript<OptionToFind, Element | null>((kit, { selector, text }) => {
  const members = kit.resolveAll(selector);
  const member =
    members.length === 1 ? members[0] : members.find((entry) => kit.choiceLabel(entry) === text);
  if (member === undefined) return null;
  if (kit.isShown(member)) return member;
  const labels = member instanceof HTMLInputElement ? [...(member.labels ?? [])] : [];
  return labels.find((label) => kit.isShown(label)) ?? member.parentElement;
});
