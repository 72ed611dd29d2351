import type { RawControl } from "./raw-page.ts";

const trapKey =
  /^hp[_-]|[_-]hp$|honey[_-]?pot|nickname_hp|bot[_-]?(field|trap|check)|bee[_-]?catcher|(^|[_-])gotcha$|anti[_-]?spam|spam[_-]?(trap|check)/iu;

const trapLabel =
  /(leave|keep) (this |the )?(field |input |box |one )?(blank|empty)|(do not|don['’]?t|never) (fill|enter|complete)|if you('| a)re (a )?human|for (robots|bots) only|ro?bots only/iu;

/** Names that nobody has a reason to hide, unless to see who fills them. */
const baitKey =
  /^(your[_-]?)?(web ?site|url|home ?page|fax|company[_-]?url|confirm[_-]?email2?)([_-]?\w{0,6})?$/iu;

const typable = new Set(["text", "textarea", "email", "tel", "url", "number", "checkbox", "other"]);

/** Why a control is a trap for programs, or null. */
export function honeypotReason(control: RawControl): string | null {
  const keys = [control.name, control.domId];
  if (control.trapBox || keys.some((key) => trapKey.test(key)))
    return "its name or its box marks it as a trap for programs";
  if (trapLabel.test(control.label)) return "its label asks people to leave it empty";
  if (!typable.has(control.kind) || control.visible) return null;
  if (control.ariaHidden && control.tabIndex < 0)
    return "it is hidden from people and assistive tools";
  if (control.hidden === "offscreen") return "it lies outside the page";
  if (control.hidden === "tiny" && control.tabIndex < 0)
    return "it is too small to be seen or reached";
  if (control.hidden !== null && keys.some((key) => baitKey.test(key))) {
    return "it is a hidden field with an inviting name";
  }
  return control.hidden === "transparent" && control.tabIndex < 0 ? "it cannot be seen" : null;
}
