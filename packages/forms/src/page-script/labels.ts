/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

/** Everything a person can set, and what looks like it. */
export function controlSelector(): string {
  const skipped = ["hidden", "submit", "reset", "button", "image"];
  const input = `input${skipped.map((type) => `:not([type=${type}])`).join("")}`;
  return `${input}, select, textarea, [role=combobox], button[aria-haspopup=listbox]`;
}

/**
 * The words inside `root`, without controls, messages and hidden parts. With `until`, only the words
 * before that element and after the last other control.
 */
export function textOf(root: Node, until: Element | null = null): string {
  const controls = controlSelector();
  let text = "";
  let isDone = false;
  const visit = (node: Node): void => {
    if (isDone) return;
    if (node === until) {
      isDone = true;
      return;
    }
    if (node.nodeType === Node.TEXT_NODE) {
      text += node.nodeValue ?? "";
      return;
    }
    if (!(node instanceof Element)) {
      for (const child of node.childNodes) visit(child);
      return;
    }
    const holdsEnd = until !== null && node.contains(until);
    if (node !== root && !holdsEnd && isNoise(node)) {
      if (until !== null && (node.matches(controls) || node.querySelector(controls) !== null)) {
        text = "";
      }
      return;
    }
    const isInline = getComputedStyle(node).display.startsWith("inline");
    if (!isInline) text += " ";
    for (const child of node.childNodes) visit(child);
    if (!isInline) text += " ";
  };
  visit(root);
  return text.replace(/\s+/gu, " ").trim().slice(-600);
}

/** Parts whose words name nothing: controls, widgets, messages, what is not displayed. */
export function isNoise(element: Element): boolean {
  const widgets =
    "script, style, template, noscript, svg, input, select, textarea, button, option, datalist, " +
    "[role=alert], [role=listbox], [role=combobox], [role=tooltip], [role=log], [role=status], " +
    "[aria-live=polite], [aria-live=assertive]";
  if (element.matches(widgets)) return true;
  if (/placeholder|single-?value|multi-?value/iu.test(element.getAttribute("class") ?? "")) {
    return true;
  }
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return true;
  if (element.matches("label, legend")) return false;
  const className = element.getAttribute("class") ?? "";
  if (!/error|invalid/iu.test(className) || /label|legend|question/iu.test(className)) return false;
  return element.querySelector("input, select, textarea, label, legend") === null;
}

/** Words that name the widget and not the question. */
export function isUninformative(text: string): boolean {
  return /^(attach(ed)?( file)?|upload( a)?( file)?|browse.{0,12}|(choose|select|add)( a| your)? files?|drop .{0,60}|enter manually|select.{0,4}|select (one|an option).{0,4}|(start )?typ(e|ing).{0,40}|search.{0,4}|\W*)$/iu.test(
    text,
  );
}

/** The question a control asks, as written; `members` are the radios or checkboxes of one group, or one control. */
export function labelOf(members: readonly Element[]): string {
  const first = members[0];
  if (first === undefined) return "";
  const isGroup = members.length > 1;
  const sources = [
    () => (isGroup ? "" : ownLabel(first)),
    () => groupLabel(members),
    () => wrapperText(members),
    () => (isGroup ? "" : (first.getAttribute("placeholder") ?? "")),
    () => (isGroup ? "" : (first.getAttribute("title") ?? "")),
    () => precedingText(first),
  ];
  let fallback = "";
  for (const source of sources) {
    const text = source().trim();
    if (text === "") continue;
    if (!isUninformative(text)) return text;
    if (fallback === "") fallback = text;
  }
  return fallback;
}

/** Label elements and ARIA names of the control itself. */
export function ownLabel(element: Element): string {
  if ("labels" in element && element.labels instanceof NodeList) {
    for (const label of element.labels) {
      const text = textOf(label);
      if (text !== "" && !isUninformative(text)) return text;
    }
  }
  const root = element.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/u);
  const named = ids
    .map((id) => (id === "" ? null : scope.getElementById(id)))
    .map((found) => (found === null ? "" : textOf(found)));
  const joined = named.filter((text) => text !== "").join(" ");
  return joined === "" ? (element.getAttribute("aria-label") ?? "") : joined;
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

/** No other control inside, hidden companions aside. */
export function isOwnOf(container: Element, members: readonly Element[]): boolean {
  return [...container.querySelectorAll(controlSelector())].every(
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
    const text = textOf(node, first);
    if (text !== "") return text;
  }
  return "";
}

/** Words between the control and whatever control comes before it. */
export function precedingText(element: Element): string {
  for (let node = element.parentElement; node !== null; node = node.parentElement) {
    const text = textOf(node, element);
    if (text !== "") return text.slice(-200);
    if (node.matches("form, body")) return "";
  }
  return "";
}

/** What a radio or checkbox stands for. */
export function choiceLabel(element: Element): string {
  return choiceText(element) || (element.getAttribute("value") ?? "");
}

/** Its label, or the words that follow it. */
export function choiceText(element: Element): string {
  const own = ownLabel(element);
  if (own !== "") return own;
  let text = "";
  for (let node = element.nextSibling; node !== null; node = node.nextSibling) {
    if (node instanceof Element) {
      if (node.matches(controlSelector()) || node.tagName === "BR") break;
      if (node.querySelector(controlSelector()) !== null) break;
    }
    text += ` ${textOf(node)}`;
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
