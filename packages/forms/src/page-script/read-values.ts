import type { FieldKind, FieldValue, FormField } from "@valet/contracts";
import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

export interface ValueTarget {
  readonly id: string;
  readonly kind: FieldKind;
  readonly selector: FormField["selector"];
  /** For files: the name to look for where a widget empties its input after taking the file. */
  readonly fileName?: string;
}

export interface HeldValue {
  readonly id: string;
  /** False when the page no longer has the control. */
  readonly found: boolean;
  /** Null when nothing is set; never a password. */
  readonly value: FieldValue | null;
  /** What a file input holds, or what its widget says it took. */
  readonly file: { readonly name: string; readonly size: number | null } | null;
}

/** What the page holds right now for each control. Changes nothing. */
export const readValues = pageScript<readonly ValueTarget[], HeldValue[]>(
  (kit, targets) => targets.map((target) => heldValue(kit, target)),
  [heldValue, valueOf, fileOf, shownFileName],
);

function heldValue(kit: PageKit, target: ValueTarget): HeldValue {
  const members = kit.resolveAll(target.selector);
  const first = members[0];
  const file = target.kind === "file" ? fileOf(kit, first, target.fileName ?? "") : null;
  const value = first === undefined ? null : valueOf(kit, target.kind, members);
  return {
    id: target.id,
    found: first !== undefined,
    value: target.kind === "file" ? (file?.name ?? null) : value,
    file,
  };
}

function valueOf(kit: PageKit, kind: FieldKind, members: Element[]): FieldValue | null {
  const first = members[0];
  const inputs = members.filter((member) => member instanceof HTMLInputElement);
  switch (kind) {
    case "password":
    case "file":
      return null;
    case "checkbox":
      return inputs[0]?.checked ?? null;
    case "radio-group": {
      const chosen = inputs.find((input) => input.checked);
      return chosen === undefined ? null : kit.choiceLabel(chosen);
    }
    case "checkbox-group": {
      const chosen = inputs.filter((input) => input.checked);
      return chosen.length === 0 ? null : chosen.map((input) => kit.choiceLabel(input));
    }
    case "combobox":
      return first === undefined ? null : kit.comboboxValue(first);
    default:
  }
  if (first instanceof HTMLSelectElement) {
    const texts = [...first.selectedOptions]
      .filter((option) => option.value !== "")
      .map((option) => option.text.replace(/\s+/gu, " ").trim());
    return texts.length === 0 ? null : first.multiple ? texts : (texts[0] ?? null);
  }
  const isText = first instanceof HTMLInputElement || first instanceof HTMLTextAreaElement;
  return isText && first.value !== "" ? first.value : null;
}

function fileOf(kit: PageKit, input: Element | undefined, fileName: string): HeldValue["file"] {
  const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
  if (file !== undefined) return { name: file.name, size: file.size };
  if (input !== undefined && !(input instanceof HTMLInputElement)) {
    const names = kit.shownFileNames(input);
    const name = names.find((shown) => shown === fileName) ?? names[0];
    return name === undefined ? null : { name, size: null };
  }
  return fileName !== "" && shownFileName(input, fileName) ? { name: fileName, size: null } : null;
}

/** The name stands in the box around the input, or anywhere visible once the input is gone. */
function shownFileName(input: Element | undefined, fileName: string): boolean {
  const isNear = (root: Element): boolean => {
    const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      const isShown = node.parentElement?.checkVisibility({ visibilityProperty: true }) === true;
      if (isShown && (node.nodeValue ?? "").includes(fileName)) return true;
    }
    return false;
  };
  if (input === undefined) return isNear(document.body);
  for (let node = input.parentElement, depth = 0; node !== null && depth < 6; depth += 1) {
    if (node.matches("form, body")) return false;
    if (node.querySelectorAll("input[type=file]").length > 1) return false;
    if (isNear(node)) return true;
    node = node.parentElement;
  }
  return false;
}
