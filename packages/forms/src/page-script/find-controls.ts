/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file and of the kit it is given.
 */

import type { PageKit } from "./page-kit.ts";

/** Every control of a document in order: natives, widgets that say what they are, and rows of buttons that stand for a choice. */
export function findControls(kit: PageKit): Element[][] {
  const rest = "fieldset, [role=group], [role=radiogroup], [role=listbox], button, [role=button]";
  const controls = kit.controlSelector();
  const buttonGroups = new Set<Element>();
  const found: Element[] = [];
  const odd = kit.oddWidgetSelector();
  for (const element of kit.deepQuery(document, `${controls}, ${rest}, ${odd}`)) {
    const sections = sectionsAround(element) ?? segmentsAround(kit, element);
    if (sections !== null) {
      // Day, month and year of one date: one field, not three numbers.
      if (!found.includes(sections)) found.push(sections);
    } else if (element.matches(controls)) {
      if (!isTwin(kit, element) && !isOuterOf(element)) found.push(element);
    } else if (element.matches("button, [role=button]")) {
      const row = element.parentElement;
      if (row === null || buttonGroups.has(row) || !isButtonGroup(kit, row)) continue;
      buttonGroups.add(row);
      found.push(row);
    } else if (element.matches("[role=listbox]")) {
      if (isOwnListbox(kit, element)) found.push(element);
    } else if (kit.isOddWidget(kit, element)) {
      found.push(element);
    } else if (isTakenUpload(kit, element)) found.push(element);
  }
  const isCompanion = (control: Element): boolean =>
    control instanceof HTMLInputElement &&
    control.parentElement !== null &&
    buttonGroups.has(control.parentElement);
  return groupControls(
    kit,
    found.filter((control) => !isCompanion(control)),
  );
}

/** The group of spin buttons that together are one date, for one of them. */
export function sectionsAround(element: Element): Element | null {
  if (element.matches("input[role=spinbutton]")) return datePartsAround(element);
  if (!element.matches("[role=spinbutton]")) return null;
  const group = element.closest("[role=group], [role=presentation][aria-label], fieldset");
  const parts = group?.querySelectorAll("[role=spinbutton]:not(input)").length ?? 0;
  return parts >= 2 && parts <= 7 ? group : null;
}

/** The innermost box around inputs that are the parts of one date, such as a month and a year. */
export function datePartsAround(input: Element): Element | null {
  let box = input.parentElement;
  for (let depth = 0; box !== null && depth < 4; depth += 1) {
    const parts = box.querySelectorAll("input[role=spinbutton]").length;
    if (parts > 3 || box.matches("form, body, main")) return null;
    if (parts > 1) return box;
    box = box.parentElement;
  }
  return null;
}

/** The box around inputs of a few signs each that together take one value, such as a code or a phone number. */
export function segmentsAround(kit: PageKit, element: Element): Element | null {
  const isPart = (one: Element): boolean => {
    if (!(one instanceof HTMLInputElement) || !/^(text|tel|number)$/u.test(one.type)) return false;
    const most = one.maxLength > 0 ? one.maxLength : one.size === 1 ? 1 : 99;
    return most <= 4 && !one.readOnly;
  };
  if (!isPart(element)) return null;
  let box = element.parentElement;
  for (let depth = 0; box !== null && kit.controlsIn(box).length < 3; depth += 1) {
    if (depth === 3) return null;
    box = box.parentElement;
  }
  if (box === null || box.matches("form, body, main, tr, table")) return null;
  const parts = kit.controlsIn(box);
  if (parts.length > 12 || !parts.every((part) => isPart(part))) return null;
  if (box.querySelector("button, [role=button]") !== null) return null;
  // Parts with names of their own, such as a month, are fields of their own; one name may be that of all.
  const ofPart =
    /\d+( (of|\/) \d+)?$|^(digit|character|area code|prefix|exchange|suffix|line number|(first|middle|next|last) \w+ (digits|numbers?))\b/iu;
  const names = parts.map((part) => kit.ownLabel(part)).filter((name) => !ofPart.test(name));
  const own = names.filter((name, index) => name !== "" && index > 0 && name !== names[0]);
  return own.length === 0 ? box : null;
}

/** An upload widget that holds a file and has put its input away: the group stands for the field. */
export function isTakenUpload(kit: PageKit, group: Element): boolean {
  if (!group.matches("fieldset, [role=group]")) return false;
  if (kit.controlsIn(group).length > 0 || kit.ownLabel(group) === "") return false;
  return kit.shownFileNames(group).length > 0 && kit.isShown(group);
}

/** Companions that widgets keep beside the real control for the browser's own validation or for sending. */
export function isTwin(kit: PageKit, control: Element): boolean {
  if (control.getAttribute("role") === "combobox" && !(control instanceof HTMLInputElement)) {
    return (
      control.querySelector("input[role=combobox], input[type=text], input:not([type])") !== null
    );
  }
  const isHidden = control.closest("[aria-hidden=true]") !== null;
  if (!isHidden || control.getAttribute("tabindex") !== "-1") return false;
  if (control.closest("[class*=honeypot i], [data-honeypot]") !== null) return false;
  const around = control.parentElement?.parentElement ?? control.parentElement;
  if (around === null || kit.controlsIn(around).length > 8) return false;
  const widgets =
    "[role=combobox], [aria-haspopup=listbox], [role=checkbox], [role=switch], [role=radio], [role=slider]";
  return kit.controlsIn(around).some((other) => other !== control && other.matches(widgets));
}

/** A box with the role of a control around the native one. */
export function isOuterOf(control: Element): boolean {
  if (control.matches("input, select, textarea, [role=combobox], button")) return false;
  return control.querySelector("input:not([type=hidden]), select, textarea") !== null;
}

/** A list that is always there, not the menu of a combobox. */
export function isOwnListbox(kit: PageKit, list: Element): boolean {
  if (list.querySelector("[role=option]") === null || !kit.isShown(list)) return false;
  if (kit.controlsIn(list).length > 0) return false;
  const beside = list.parentElement === null ? [] : kit.controlsIn(list.parentElement);
  if (kit.holdsChosenOnly(list) && beside.some((one) => kit.isTypeahead(one))) return false;
  const id = list.id;
  if (id === "") return list.closest("[role=dialog], [popover]") === null;
  const name = CSS.escape(id);
  const owners = `[aria-controls~="${name}"], [aria-owns~="${name}"]`;
  return document.querySelector(owners) === null;
}

/** Buttons side by side that answer a question, such as Yes and No over a hidden checkbox. */
export function isButtonGroup(kit: PageKit, row: Element): boolean {
  const buttons = [...row.children].filter((child) => child.matches("button, [role=button]"));
  if (buttons.length < 2 || buttons.length > 12) return false;
  if (row.closest("[role=toolbar], nav, header, footer") !== null) return false;
  if (buttons.some((button) => button.getAttribute("aria-haspopup") !== null)) return false;
  const areToggles = buttons.every((button) => button.hasAttribute("aria-pressed"));
  if (!areToggles && buttons.some((button) => button.getAttribute("type") === "submit")) {
    return false;
  }
  const texts = buttons.map((button) => (button.textContent ?? "").replace(/\s+/gu, " ").trim());
  if (texts.some((text) => text === "" || text.length > 60)) return false;
  if (new Set(texts).size !== texts.length) return false;
  const others = kit.controlsIn(row);
  const hasCompanion = others.length === 1 && others[0]?.matches("input[type=checkbox]") === true;
  if (others.length > 0 && !hasCompanion) return false;
  if (areToggles) return true;
  if (hasCompanion && others[0] !== undefined && !kit.isShown(others[0])) return true;
  const yes = /^(yes|ja|oui|s[íi]|sim|tak|n0|no|nein|non|nee|não|nie)$/iu;
  if (texts.length <= 3 && texts.filter((text) => yes.test(text)).length >= 2) return true;
  const className = `${row.getAttribute("class") ?? ""} ${buttons[0]?.getAttribute("class") ?? ""}`;
  return (
    row.matches("[role=group], [role=radiogroup]") &&
    /toggle|segment|option|choice/iu.test(className)
  );
}

export function isChoice(control: Element): boolean {
  if (control instanceof HTMLInputElement) {
    return control.type === "radio" || control.type === "checkbox";
  }
  return control.matches("[role=radio], [role=checkbox]");
}

/**
 * Radios and checkboxes that share a name in one form belong together; so do those in one fieldset that
 * have no name, or none but what each of them says.
 */
export function groupControls(kit: PageKit, controls: readonly Element[]): Element[][] {
  const groups = new Map<string, Element[]>();
  const containers = new Map<Node, number>();
  const box = "fieldset, [role=group], [role=radiogroup]";
  for (const [index, control] of controls.entries()) {
    if (!isChoice(control)) {
      groups.set(`single:${index}`, [control]);
      continue;
    }
    const isInput = control instanceof HTMLInputElement;
    const ownName = control.getAttribute("name") ?? "";
    const name = ownName === kit.choiceText(control) ? "" : ownName;
    const type = isInput ? control.type : (control.getAttribute("role") ?? "");
    const around =
      isInput && name !== "" ? (control.form ?? control.getRootNode()) : control.closest(box);
    if (around !== null && !containers.has(around)) containers.set(around, containers.size);
    const owner = around === null ? `alone:${index}` : `in:${containers.get(around)}`;
    const key = `${type}:${owner}:${name}`;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [control]);
    else members.push(control);
  }
  return [...groups.values()];
}
