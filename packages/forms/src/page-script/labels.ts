/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

/** Everything a person can set, and what looks like it. */
export function controlSelector(): string {
  const skipped = ["hidden", "submit", "reset", "button", "image"];
  const input = `input${skipped.map((type) => `:not([type=${type} i])`).join("")}`;
  const roles = ["checkbox", "radio", "switch", "slider", "spinbutton", "textbox"];
  const custom = roles.map((role) => `[role=${role}]`).join(", ");
  const lists =
    "[role=combobox], button[aria-haspopup=listbox], [role=button][aria-haspopup=listbox]";
  return `${input}, select, textarea, ${lists}, ${custom}, [contenteditable=""], [contenteditable=true]`;
}

/** Lives as long as one run of a script: the page does not change meanwhile. The kit brings its own. */
const controlCache = new Map<Element, Element[]>();

/** The controls in a container; asked again and again on the way up. */
export function controlsIn(container: Element): Element[] {
  const known = controlCache.get(container);
  if (known !== undefined) return known;
  const found = [...container.querySelectorAll(controlSelector())];
  controlCache.set(container, found);
  return found;
}

/** The words inside `root`, without controls, messages and hidden parts; at most 600 characters. */
export function textOf(root: Node): string {
  const parts: string[] = [];
  let length = 0;
  const visit = (node: Node): void => {
    if (length > 2_000) return;
    if (node.nodeType === Node.TEXT_NODE) {
      const text = (node.nodeValue ?? "").slice(0, 2_000);
      parts.push(text);
      length += text.trim().length;
      return;
    }
    if (node instanceof Element) {
      if (node !== root && isNoise(node)) return;
      const isInline = getComputedStyle(node).display.startsWith("inline");
      if (!isInline) parts.push(" ");
      // A slot shows what its host was given.
      const given = node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [];
      for (const child of given.length > 0 ? given : node.childNodes) visit(child);
      if (isStarred(node)) parts.push(" *");
      if (!isInline) parts.push(" ");
      return;
    }
    for (const child of node.childNodes) visit(child);
  };
  visit(root);
  return parts.join("").replace(/\s+/gu, " ").trim().slice(0, 600);
}

/** Its style alone draws the star that says required. */
export function isStarred(element: Element): boolean {
  if (!element.matches("label, legend, [class*=required i]")) return false;
  return ["::before", "::after"].some((part) =>
    /^"\s*[*✱＊∗]\s*"$/u.test(getComputedStyle(element, part).content),
  );
}

/** The words before `element` inside `root`, back to whatever control comes before it; at most 600 characters. */
export function textBefore(element: Element, root: Node): string {
  let text = "";
  let steps = 0;
  for (let node: Node = element; node !== root;) {
    const previous: Node | null = node.previousSibling;
    if (previous === null) {
      if (node.parentNode === null) break;
      node = node.parentNode;
      continue;
    }
    node = previous;
    steps += 1;
    if (steps > 200 || text.length > 600) break;
    if (node instanceof Element) {
      if (node.matches(controlSelector()) || controlsIn(node).length > 0) {
        // Words that follow the last control inside still belong to what comes next.
        break;
      }
      if (isNoise(node)) continue;
    }
    const words = textOf(node);
    if (words !== "") text = `${words} ${text}`;
  }
  return text.replace(/\s+/gu, " ").trim().slice(-600);
}

/** Parts whose words name nothing: controls, widgets, messages, what is not displayed. */
export function isNoise(element: Element): boolean {
  const widgets =
    "script, style, template, noscript, svg, input, select, textarea, button, option, datalist, " +
    "[role=alert], [role=listbox], [role=combobox], [role=tooltip], [role=log], [role=status], " +
    "[aria-live=polite], [aria-live=assertive], [contenteditable=true]";
  if (element.matches(widgets)) return true;
  const className = element.getAttribute("class") ?? "";
  if (/placeholder|single-?value|multi-?value|tool-?tip/iu.test(className)) return true;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return true;
  if (element.matches("label, legend")) return false;
  if (!/error|invalid|warning/iu.test(className)) return false;
  if (/label|legend|question/iu.test(className)) return false;
  return element.querySelector("input, select, textarea, label, legend") === null;
}

/** Words that name the widget and not the question. */
export function isUninformative(text: string): boolean {
  return /^(attach(ed)?( file)?|upload( a)?( file)?|browse(\s*(files?|computer))?\W*|(choose|select|add)( a| your)? files?|drop .{0,60}|enter manually|select.{0,4}|select (one|an option).{0,4}|(start )?typ(e|ing)\W*|(start )?typ(e|ing) (here|to|your|in|a|the|for)\b.{0,40}|search.{0,4}|(this (question|field) is )?(required|optional|mandatory)\.?|no-label|\W*)$/iu.test(
    text.slice(0, 100),
  );
}

/** The question a control asks, as written; `members` are the radios or checkboxes of one group, or one control. */
export function labelOf(members: readonly Element[]): string {
  const first = members[0];
  if (first === undefined) return "";
  const isGroup = members.length > 1;
  const sources = [
    () => (isGroup ? "" : ownLabel(first) || twinLabel(first)),
    () => groupLabel(members),
    () => wrapperText(members),
    () => (isGroup ? "" : placeholderOf(first)),
    () => (isGroup ? "" : (first.getAttribute("title") ?? "")),
    () => columnHead(first),
    () => (isGroup ? "" : partsLabel(first)),
    () => (isGroup ? "" : boxText(members)),
    () => precedingText(first),
  ];
  let fallback = "";
  for (const source of sources) {
    const text = source().trim().slice(0, 600);
    if (text === "") continue;
    if (!isUninformative(text)) return text;
    if (fallback === "") fallback = text;
  }
  return fallback;
}

/** What the inputs of a box that takes one value are called together: its legend, or the name they share. */
export function partsLabel(box: Element): string {
  const parts = box.matches(controlSelector()) ? [] : controlsIn(box);
  if (parts.length < 3) return "";
  const legend = box.querySelector(":scope > legend");
  if (legend !== null) return textOf(legend);
  const [first = "", ...others] = parts.map((part) => ownLabel(part).replace(/\W*\d+$/u, ""));
  return others.every((name) => name === first) ? first : "";
}

export function placeholderOf(element: Element): string {
  const own = element.getAttribute("placeholder") ?? element.getAttribute("aria-placeholder") ?? "";
  if (own !== "" || !(element instanceof HTMLSelectElement)) return own;
  const first = element.options[0];
  return first !== undefined && first.value === "" ? first.text.trim() : "";
}

/** Lives as long as one run of a script: the page does not change meanwhile. The kit brings its own. */
const labelCache = new Map<Node, Map<Element, Element[]>>();

/** The label elements of a control: asked one by one, a browser looks through the whole page each time. */
export function labelsOf(element: Element): Element[] {
  const root = element.getRootNode();
  let labels = labelCache.get(root);
  if (labels === undefined) {
    labels = new Map();
    const scope = root instanceof Document || root instanceof ShadowRoot ? root : document;
    for (const label of scope.querySelectorAll("label")) {
      if (!(label instanceof HTMLLabelElement) || label.control === null) continue;
      const known = labels.get(label.control) ?? [];
      labels.set(label.control, known);
      known.push(label);
    }
    labelCache.set(root, labels);
  }
  return labels.get(element) ?? [];
}

/** Label elements and ARIA names of the control itself. */
export function ownLabel(element: Element): string {
  for (const label of labelsOf(element)) {
    const text = textOf(label);
    if (text !== "" && !isUninformative(text)) return text;
  }
  const root = element.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/u);
  // A control may name itself to read its value out; a group holds its own heading.
  const isGroup = element.matches("fieldset, [role=group], [role=radiogroup]");
  const isValue = (found: Element): boolean => !isGroup && element.contains(found);
  const named = ids
    .map((id) => (id === "" ? null : scope.getElementById(id)))
    .map((found) => (found === null || isValue(found) ? "" : textOf(found)));
  const joined = named.filter((text) => text !== "").join(" ");
  return joined === "" ? spokenName(element).slice(0, 600) : joined;
}

/** A button over a list reads its value out with its name, and whether it must be set: neither names it. */
export function spokenName(element: Element): string {
  const spoken = element.getAttribute("aria-label") ?? "";
  const value = (element.textContent ?? "").trim();
  if (!element.matches("button[aria-haspopup=listbox]") || value === "") return spoken;
  if (!spoken.includes(value)) return spoken;
  return spoken
    .replace(value, "")
    .replace(/\s(required|erforderlich|pflichtfeld|obligatoire|obligatorio)\s*$/iu, "")
    .trim();
}

/** A widget that has hidden the browser's own list right beside it is named by that list's label. */
export function twinLabel(element: Element): string {
  if (!element.matches("[role=combobox], [aria-haspopup=listbox]")) return "";
  for (const near of [element.previousElementSibling, element.nextElementSibling]) {
    const isHidden = near instanceof HTMLSelectElement && !near.checkVisibility();
    if (isHidden && near !== null) return ownLabel(near);
  }
  return "";
}

/** The name of the innermost fieldset or group that holds these controls and no others. */
export function groupLabel(members: readonly Element[]): string {
  const first = members[0];
  const marked = "fieldset, [role=group], [role=radiogroup]";
  let group = first?.parentElement?.closest(marked) ?? null;
  for (; group !== null; group = group.parentElement?.closest(marked) ?? null) {
    if (!isOwnOf(group, members)) return "";
    const legend = group.querySelector(":scope > legend, :scope > * > legend");
    const text = ownLabel(group) || (legend === null ? "" : textOf(legend));
    if (text !== "") return text;
  }
  return "";
}

/** The name of the innermost fieldset or group around a control, whatever else it holds. */
export function contextLabel(element: Element): string {
  const marked = "fieldset, [role=group], [role=radiogroup]";
  const group = element.parentElement?.closest(marked) ?? null;
  if (group === null) return "";
  const legend = group.querySelector(":scope > legend, :scope > * > legend");
  return ownLabel(group) || (legend === null ? "" : textOf(legend));
}

/** Like `contextLabel`, around the box that has nothing but the name of this date. */
export function dateContext(control: Element, label: string): string {
  const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const near = contextLabel(control);
  const own = control.parentElement?.closest("fieldset, [role=group], [role=radiogroup]") ?? null;
  return own !== null && plain(near) === plain(label) ? contextLabel(own) : near;
}

/** No other control inside, hidden companions aside. */
export function isOwnOf(container: Element, members: readonly Element[]): boolean {
  const inside = controlsIn(container);
  if (inside.length > members.length * 4 + 12) return false;
  return inside.every(
    (control) =>
      members.includes(control) ||
      members.some((member) => member.contains(control) || control.contains(member)) ||
      (control.getAttribute("aria-hidden") === "true" && control.getAttribute("tabindex") === "-1"),
  );
}

/** Words before the control in the box that is its alone. */
export function wrapperText(members: readonly Element[]): string {
  const first = members[0];
  if (first === undefined) return "";
  for (let node = first.parentElement; node !== null; node = node.parentElement) {
    if (node.matches("form, body, main, dialog") || !isOwnOf(node, members)) return "";
    const text = textBefore(first, node);
    if (text !== "") return text;
  }
  return "";
}

/** All words in the box that is the control's alone: some write the label behind it. */
export function boxText(members: readonly Element[]): string {
  const first = members[0];
  if (first === undefined) return "";
  for (let node = first.parentElement, depth = 0; node !== null && depth < 3; depth += 1) {
    if (node.matches("form, body, main, dialog, tr, table") || !isOwnOf(node, members)) return "";
    const text = textOf(node);
    if (text !== "") return text.length <= 60 ? text : "";
    node = node.parentElement;
  }
  return "";
}

/** The head of the column a control in a table stands in. */
export function columnHead(element: Element): string {
  const cell = element.closest("td");
  const table = cell?.closest("table");
  if (cell === null || table === null || table === undefined) return "";
  const head = table.rows[0]?.cells[cell.cellIndex];
  if (head === undefined || head.contains(element) || controlsIn(head).length > 0) return "";
  return head.tagName === "TH" ? textOf(head) : "";
}

/** Words between the control and whatever control comes before it. */
export function precedingText(element: Element): string {
  const root = element.closest("form, body") ?? element.getRootNode();
  return textBefore(element, root).slice(-200);
}

/** What a radio or checkbox stands for. */
export function choiceLabel(element: Element): string {
  return choiceText(element) || (element.getAttribute("value") ?? "");
}

/** What a member stands for: the words on a button or in a list, otherwise its label. */
export function memberLabel(member: Element): string {
  if (
    member.matches("button, [role=button], [role=option]") &&
    !member.matches("[role=radio], [role=checkbox]")
  ) {
    const text = (member.textContent ?? "").replace(/\s+/gu, " ").trim();
    if (text !== "") return text;
  }
  return choiceLabel(member);
}

/** Its label, or the words that follow it. */
export function choiceText(element: Element): string {
  const own = ownLabel(element);
  if (own !== "") return own;
  if (!(element instanceof HTMLInputElement)) {
    const inner = (element.textContent ?? "").replace(/\s+/gu, " ").trim().slice(0, 600);
    if (inner !== "") return inner;
  }
  let text = "";
  for (let node = element.nextSibling; node !== null; node = node.nextSibling) {
    if (node instanceof Element) {
      if (node.matches(controlSelector()) || (node.tagName === "BR" && text.trim() !== "")) break;
      if (node.querySelector(controlSelector()) !== null) break;
    }
    text += ` ${node instanceof Element && isNoise(node) ? "" : textOf(node)}`;
    if (text.length > 600) break;
  }
  return text.replace(/\s+/gu, " ").trim();
}

/** Names of files that the words in an element show, such as "cv.pdf". */
export function shownFileNames(root: Element): string[] {
  const names: string[] = [];
  const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
    const text = (node.nodeValue ?? "").trim();
    const isShown = node.parentElement?.checkVisibility({ visibilityProperty: true }) === true;
    if (isShown && /^[^/\\]{1,200}\.(pdf|docx?|rtf|txt|odt|pages)$/iu.test(text)) names.push(text);
  }
  return names;
}
