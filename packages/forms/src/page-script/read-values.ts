import type { FieldKind, FieldValue, FormField } from "@valet/contracts";
import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

export interface ValueTarget {
  readonly id: string;
  readonly kind: FieldKind;
  readonly selector: FormField["selector"];
  /** For files: the name to look for where a widget empties its input after taking the file. */
  readonly fileName?: string;
  /** Given when filling begins: the label the field was read with, which it must still have. */
  readonly expectedLabel?: string;
}

export interface HeldValue {
  readonly id: string;
  /** False when the page no longer has the control. */
  readonly found: boolean;
  /** Null when nothing is set; never a password. */
  readonly value: FieldValue | null;
  /** What a file input holds, or what its widget says it took. */
  readonly file: { readonly name: string; readonly size: number | null } | null;
  /** How the field writes the parts of a day, where that is known. */
  readonly dayOrder: "dmy" | "mdy" | null;
}

/** What the page holds right now for each control. Changes nothing. */
export const readValues = pageScript<readonly ValueTarget[], HeldValue[]>(
  (kit, targets) => targets.map((target) => heldValue(kit, target)),
  [heldValue, findMembers, valueOf, textValueOf, fileOf, shownFileName, rootOf],
);

function heldValue(kit: PageKit, target: ValueTarget): HeldValue {
  const members = findMembers(kit, target);
  const first = members[0];
  const file = target.kind === "file" ? fileOf(kit, first, target.fileName ?? "") : null;
  const value = first === undefined ? null : valueOf(kit, target.kind, members);
  return {
    id: target.id,
    found: first !== undefined,
    value: target.kind === "file" ? (file?.name ?? null) : value,
    file,
    dayOrder: first !== undefined && target.kind === "text" ? kit.dayOrderOf(first) : null,
  };
}

/** Where the place alone names a field, the label must still be the one it was read with. */
function findMembers(kit: PageKit, { selector, kind, expectedLabel }: ValueTarget): Element[] {
  const members = kit.resolveAll(selector);
  if (expectedLabel === undefined) return members;
  const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const [first] = members;
  const isByPlace = [selector].flat().some((step) => step.includes(" > "));
  if (first !== undefined && isByPlace && kind !== "button-group" && kind !== "file") {
    const read = (kind === "checkbox" ? kit.choiceText(first) : "") || kit.labelOf(members);
    const [now, wanted] = [plain(read), plain(expectedLabel)];
    const isSame = now.startsWith(wanted) || (now !== "" && wanted.startsWith(now));
    // A long question may have gained something before it, a short one may just be part of another.
    if (!isSame && !(wanted.length >= 15 && now.includes(wanted))) return [];
  }
  kit.knowField(selector, members);
  return members;
}

function valueOf(kit: PageKit, kind: FieldKind, members: Element[]): FieldValue | null {
  const first = members[0];
  if (first === undefined) return null;
  switch (kind) {
    case "password":
    case "file":
      return null;
    case "checkbox":
      return kit.isChosen(first);
    case "radio-group":
    case "button-group": {
      const chosen = kit.choiceMembers(members).find((member) => kit.isChosen(member));
      return chosen === undefined ? null : kit.memberLabel(chosen);
    }
    case "checkbox-group": {
      const chosen = members.filter((member) => kit.isChosen(member));
      return chosen.length === 0 ? null : chosen.map((member) => kit.memberLabel(member));
    }
    case "combobox":
      return kit.comboboxValue(first);
    default:
  }
  if (first instanceof HTMLSelectElement) {
    const texts = [...first.selectedOptions]
      .filter((option) => option.value !== "")
      .map((option) => option.text.replace(/\s+/gu, " ").trim());
    return texts.length === 0 ? null : first.multiple ? texts : (texts[0] ?? null);
  }
  if (first.matches("[role=listbox]")) {
    const texts = kit
      .choiceMembers(members)
      .filter((member) => kit.isChosen(member))
      .map((member) => kit.memberLabel(member));
    return texts.length === 0 ? null : texts;
  }
  return textValueOf(kit, first);
}

function textValueOf(kit: PageKit, control: Element): string | null {
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    return control.value === "" ? null : control.value;
  }
  const spoken = control.getAttribute("aria-valuetext") ?? control.getAttribute("aria-valuenow");
  if (control.matches("[role=slider]")) return control.getAttribute("aria-valuenow");
  if (control.matches("[role=spinbutton]")) {
    return spoken === null || /^(empty|leer)$/iu.test(spoken) ? null : spoken;
  }
  if (control.querySelector("[role=spinbutton]") !== null) return kit.sectionsValue(control);
  if (!(control instanceof HTMLElement)) return null;
  const segments = control.isContentEditable ? [] : control.querySelectorAll("input");
  if (segments.length >= 3) return kit.segmentsValue([...segments]);
  const text = control.innerText.replace(/\u200B|\uFEFF/gu, "").replace(/\n+$/u, "");
  // A home-made widget has its prompt where its value will be.
  const isPrompt = kit.isOddWidget(kit, control) && kit.isPromptText(text);
  return text.trim() === "" || isPrompt ? null : text;
}

function fileOf(kit: PageKit, input: Element | undefined, fileName: string): HeldValue["file"] {
  const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
  if (file !== undefined) return { name: file.name, size: file.size };
  if (input !== undefined && !(input instanceof HTMLInputElement)) {
    const names = kit.shownFileNames(input);
    const name = names.find((shown) => shown === fileName) ?? names[0];
    return name === undefined ? null : { name, size: null };
  }
  return fileName !== "" && shownFileName(kit, input, fileName)
    ? { name: fileName, size: null }
    : null;
}

/** The name stands in the box around the input, or anywhere visible once the input is gone. */
function shownFileName(kit: PageKit, input: Element | undefined, fileName: string): boolean {
  const isNear = (within: ParentNode): boolean =>
    kit.rootsIn(within).some((root) => {
      const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
        const isShown = node.parentElement?.checkVisibility({ visibilityProperty: true }) === true;
        if (isShown && (node.nodeValue ?? "").includes(fileName)) return true;
      }
      return false;
    });
  if (input === undefined) return isNear(document.body);
  let node: Element | ShadowRoot | null = input.parentElement ?? rootOf(input);
  for (let depth = 0; node !== null && depth < 6; depth += 1) {
    if (node instanceof Element && node.matches("form, body")) return false;
    if (kit.deepQuery(node, "input[type=file]").length > 1) return false;
    if (isNear(node)) return true;
    node = node instanceof ShadowRoot ? node.host : (node.parentElement ?? rootOf(node));
  }
  return false;
}

function rootOf(element: Element): ShadowRoot | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root : null;
}
