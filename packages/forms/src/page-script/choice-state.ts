/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */
/** The single choices of a group: itself for inputs, its buttons or options for a row or list. */
export function choiceMembers(found: readonly Element[]): Element[] {
  const [first] = found;
  if (first === undefined || found.length > 1) return [...found];
  if (first.matches("[role=listbox]")) {
    return [...first.querySelectorAll("[role=option]")];
  }
  const isRow =
    !first.matches("input, button, [role=radio], [role=checkbox], [role=switch], [role=button]") &&
    first.querySelector("button, [role=button], [role=radio]") !== null;
  return isRow ? [...first.querySelectorAll("button, [role=button], [role=radio]")] : [first];
}

/** Whether a choice is taken, by what it tells assistive tools or else by how it is painted. */
export function isChosen(member: Element): boolean {
  if (member instanceof HTMLInputElement) return member.checked;
  for (const name of ["aria-checked", "aria-pressed", "aria-selected"]) {
    const state = member.getAttribute(name);
    if (state === "true" || state === "false") return state === "true";
  }
  const state = member.getAttribute("data-state") ?? "";
  if (/^(on|checked|active|selected)$/u.test(state)) return true;
  if (/^(off|unchecked|inactive)$/u.test(state)) return false;
  return /(^|[-_ ])(active|selected|checked|pressed|is-on)([-_ ]|$)/iu.test(
    member.getAttribute("class") ?? "",
  );
}
