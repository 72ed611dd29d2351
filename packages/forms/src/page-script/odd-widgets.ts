/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file and of the kit it is given.
 */

import type { PageKit } from "./page-kit.ts";

/** What takes keys or is painted by a script, whatever it may be. */
export function oddWidgetSelector(): string {
  return '[tabindex]:not([tabindex^="-"]), canvas';
}

/**
 * A home-made control that says neither by its element nor by its role what it is, and that has to be set: only
 * the mark of a required question tells it from a box that merely scrolls.
 */
export function isOddWidget(kit: PageKit, element: Element): boolean {
  if (!element.matches(oddWidgetSelector()) || element.matches(kit.controlSelector())) return false;
  const others =
    "a, button, input, summary, iframe, label, form, body, main, dialog, video, audio, object, embed, table, nav, header, footer, " +
    "[role=button], [role=link], [role=tab], [role=tabpanel], [role=dialog], [role=option], [role=menuitem], [role=region], [role=listbox], [role=img]";
  if (element.matches(others)) return false;
  if (kit.controlsIn(element).length > 0) return false;
  if (element.querySelector("button, a[href], [role=button], form, label, legend") !== null) {
    return false;
  }
  const outer = element.parentElement;
  if (outer === null || kit.ownerForm(element) === null) return false;
  // A part of a widget that is known, or of one that was found already.
  const known = "[role=listbox], [role=combobox], [role=grid], [role=dialog], button, a, label";
  if (outer.closest(`${known}, [tabindex]:not([tabindex^="-"], form, body, main)`) !== null) {
    return false;
  }
  if (!kit.isShown(element)) return false;
  if (element.getAttribute("aria-required") === "true") return kit.labelOf([element]) !== "";
  return /[*✱＊∗]\s*:?$|\((required|mandatory)\)$/iu.test(kit.labelOf([element]).trim());
}

/** Words that stand where a choice will be. */
export function isPromptText(text: string): boolean {
  return /^(\W*|[-–—\s]*(please )?(select|choose|pick|set)\b.{0,40}|(click|tap|press)\b.{0,40})$/iu.test(
    text.trim(),
  );
}
