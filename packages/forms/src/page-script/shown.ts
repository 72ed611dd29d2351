/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

export type HiddenHow = "none" | "offscreen" | "tiny" | "transparent" | "covered" | null;

/** Lives as long as one run of a script: the page does not change meanwhile. The kit brings its own. */
const hiddenCache = new Map<Element, HiddenHow>();

/** How an element is kept from a person's eyes, or null when it can be seen. */
export function hiddenHow(element: Element): HiddenHow {
  const known = hiddenCache.get(element);
  if (known !== undefined) return known;
  const how = howHidden(element);
  hiddenCache.set(element, how);
  return how;
}

export function howHidden(element: Element): HiddenHow {
  if (!element.checkVisibility({ visibilityProperty: true })) return "none";
  const box = element.getBoundingClientRect();
  if (isOutsidePage(box)) return "offscreen";
  if (box.width < 2 || box.height < 2) return "tiny";
  // A line of one pixel has a border and padding around it; the inner input of a list box may be as small.
  const isLine =
    element.matches("input:not([type=radio], [type=checkbox], [type=file]), textarea") &&
    !element.matches("[role=combobox], [aria-autocomplete], [autocapitalize=none]");
  const own = getComputedStyle(element);
  if (isLine && (parseFloat(own.width) < 3 || parseFloat(own.height) < 3)) return "tiny";
  let opacity = Number(own.opacity);
  for (let node = element.parentElement, depth = 0; node !== null && depth < 4; depth += 1) {
    const style = getComputedStyle(node);
    const outer = node.getBoundingClientRect();
    if (style.overflow !== "visible" && (outer.width < 2 || outer.height < 2)) return "tiny";
    if (isClippedAway(style)) return "tiny";
    opacity *= Number(style.opacity);
    node = node.parentElement;
  }
  if (isClippedAway(own)) return "tiny";
  if (opacity < 0.1 || !element.checkVisibility({ opacityProperty: true })) return "transparent";
  return isCovered(element, box) ? "covered" : null;
}

/** As styles do it that keep words for screen readers only. */
export function isClippedAway({ clip, clipPath }: CSSStyleDeclaration): boolean {
  return /rect\(0(px)?,? 0|rect\(1px,? 1px/u.test(clip) || /inset\((50|100)%/u.test(clipPath);
}

/** A line that something of its own box is painted over; pop-ups over the whole page do not count. */
export function isCovered(element: Element, box: DOMRect): boolean {
  if (!element.matches("input:not([type=radio], [type=checkbox], [type=file]), textarea")) {
    return false;
  }
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
  const root = element.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  const top = scope.elementFromPoint(x, y);
  if (top === null || top === element || top.contains(element) || element.contains(top))
    return false;
  if (!isNear(element, top)) return false;
  if (top.closest("label, button, [role=button], a, svg") !== null) return false;
  const over = top.getBoundingClientRect();
  const { backgroundColor, pointerEvents } = getComputedStyle(top);
  const isOpaque = !/^transparent$|, 0\)$/u.test(backgroundColor) || top.tagName === "IMG";
  return (
    isOpaque &&
    pointerEvents !== "none" &&
    over.width >= box.width * 0.9 &&
    over.height >= box.height * 0.9
  );
}

/** In a box around the control that is still part of its form. */
export function isNear(element: Element, other: Element): boolean {
  let box: Element | null = element.parentElement;
  for (let depth = 0; box !== null && depth < 5; depth += 1) {
    if (box.contains(other)) return true;
    const outer: Node | null = box.parentNode;
    if (outer instanceof ShadowRoot) return outer.contains(other);
    if (outer instanceof Element && outer.matches("form, body, main, dialog")) return false;
    box = box.parentElement;
  }
  return false;
}

export function isOutsidePage(box: DOMRect): boolean {
  if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return true;
  const left = box.left + scrollX - 100;
  return left > innerWidth && left > document.documentElement.scrollWidth;
}

export function isShown(element: Element): boolean {
  return hiddenHow(element) === null;
}

/**
 * Whether a person sees the control: itself, or what stands for it. Radios, checkboxes, file inputs and
 * the inner input of a combobox are often hidden behind a label or a styled box.
 */
export function isControlShown(element: Element): boolean {
  if (isShown(element)) return true;
  const type = element instanceof HTMLInputElement ? element.type : "";
  const isCombobox = element.getAttribute("role") === "combobox";
  if (!isCombobox && !["radio", "checkbox", "file", "range"].includes(type)) return false;
  if (element instanceof HTMLInputElement) {
    if ([...(element.labels ?? [])].some((label) => isShown(label))) return true;
  }
  if (element.getAttribute("aria-hidden") === "true" && type !== "file") return false;
  for (let node = element.parentElement, depth = 0; node !== null && depth < 4; depth += 1) {
    if (node.matches("form, body, main, dialog")) return false;
    if (isShown(node) && (node.textContent ?? "").trim() !== "") return true;
    if (isShown(node) && isCombobox) return true;
    node = node.parentElement;
  }
  return false;
}

/** Texts of visible messages that say something is wrong. */
export function visibleAlerts(root: ParentNode): Element[] {
  const found: Element[] = [];
  const marked =
    "[role=alert], [aria-live=assertive], [class*=error i], [class*=invalid-feedback i]";
  for (const element of root.querySelectorAll(marked)) {
    if (!isMessage(element) || !isShown(element)) continue;
    if (found.some((outer) => outer.contains(element))) continue;
    found.push(element);
  }
  return found;
}

/** A message holds words and no control; a wrapper that is merely painted as wrong does not count. */
export function isMessage(element: Element): boolean {
  if (element.matches("label, legend, input, select, textarea, button, form")) return false;
  if (element.querySelector("input, select, textarea, label, legend") !== null) return false;
  if (element.closest("button, [role=button], a") !== null) return false;
  const cookie = element.closest("[id*=cookie i], [class*=cookie i]");
  if (cookie !== null && !cookie.matches("html, body, form, main")) return false;
  const text = element.textContent ?? "";
  const isGood =
    /\b(success(fully)?|uploaded|attached|saved|loading|characters? (left|remaining))\b/iu;
  const isBad = /\b(errors?|fail(ed|ure)?|invalid|required|not|could|please)\b|n['’]t\b/iu;
  return /[\p{L}]{2}/u.test(text) && (!isGood.test(text) || isBad.test(text));
}
