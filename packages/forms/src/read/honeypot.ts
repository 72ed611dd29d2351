import type { RawControl } from "./raw-page.ts";

const trapKey =
  /^hp[_-]|[_-]hp$|honey[_-]?pot|nickname_hp|bot[_-]?(field|trap|check)|bee[_-]?catcher|(^|[_-])gotcha$|^fake(e?mail|user|pass)|anti[_-]?spam|spam[_-]?(trap|check)/iu;

const trapLabel =
  /(leave|keep) (this |the )?(field |input |box |one )?(blank|empty)|(do not|don['’]?t|never) (fill|enter|complete)|if you('| a)re (a )?human|for (robots|bots) only|ro?bots only|leer (lassen|bleiben)|frei lassen|nicht ausfüllen|lai(ssez|sser) .{0,20}vide|ne (pas )?rempli|dej(ar|e|a) .{0,20}(en blanco|vac[ií]o)|no (rellene|llene|complete)|deix(ar|e) .{0,20}(em branco|vazio)|não preencha|lascia(re)? .{0,20}vuoto|non compilare|leeg ?(laten|houden)|niet invullen|zostaw .{0,20}puste|nie wypełnia/iu;

/** Names that nobody has a reason to hide, unless to see who fills them. */
const baitKey =
  /^(your[_-]?)?(web ?site|url|home ?page|fax|company[_-]?url|confirm[_-]?email2?)([_-]?\w{0,6})?$/iu;

const typable = new Set(["text", "textarea", "email", "tel", "url", "number", "checkbox", "other"]);

/** Why a control is a trap for programs, or null. */
export function honeypotReason(control: RawControl): string | null {
  const keys = [control.name, control.domId];
  if (control.trapBox || keys.some((key) => trapKey.test(key)))
    return "its name or its box marks it as a trap for programs";
  const words = `${control.label} ${control.hint} ${control.placeholder} ${control.after}`;
  if (trapLabel.test(words)) return "its label asks people to leave it empty";
  if (!typable.has(control.kind) || control.visible) return null;
  if (control.ariaHidden && control.tabIndex < 0)
    return "it is hidden from people and assistive tools";
  if (control.hidden === "offscreen") return "it lies outside the page";
  if (control.hidden === "covered") return "something is drawn over it";
  if (control.hidden === "tiny" && control.tabIndex < 0)
    return "it is too small to be seen or reached";
  if (control.hidden !== null && keys.some((key) => baitKey.test(key))) {
    return "it is a hidden field with an inviting name";
  }
  return control.hidden === "transparent" && control.tabIndex < 0 ? "it cannot be seen" : null;
}
