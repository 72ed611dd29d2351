/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

/** How an element is kept from a person's eyes, or null when it can be seen. */
export function hiddenHow(element: Element): "none" | "offscreen" | "tiny" | "transparent" | null {
  if (!element.checkVisibility({ visibilityProperty: true })) return "none";
  const box = element.getBoundingClientRect();
  if (isOutsidePage(box)) return "offscreen";
  if (box.width < 2 || box.height < 2) return "tiny";
  for (let node = element.parentElement, depth = 0; node !== null && depth < 4; depth += 1) {
    const style = getComputedStyle(node);
    const outer = node.getBoundingClientRect();
    if (style.overflow !== "visible" && (outer.width < 2 || outer.height < 2)) return "tiny";
    node = node.parentElement;
  }
  const style = getComputedStyle(element);
  if (/rect\(0(px)?,? 0|rect\(1px,? 1px/u.test(style.clip)) return "tiny";
  if (/inset\((50|100)%/u.test(style.clipPath)) return "tiny";
  return element.checkVisibility({ opacityProperty: true }) ? null : "transparent";
}

export function isOutsidePage(box: DOMRect): boolean {
  const width = Math.max(document.documentElement.scrollWidth, innerWidth);
  return box.right + scrollX <= 0 || box.bottom + scrollY <= 0 || box.left + scrollX > width + 100;
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
  if (!isCombobox && !["radio", "checkbox", "file"].includes(type)) return false;
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
