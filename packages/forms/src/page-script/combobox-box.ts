/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

/** The element that draws a combobox: the nearest one that shows its chosen value. */
export function comboboxBox(input: Element): Element | null {
  const marks =
    "[class*='value-container' i], [class*='valueContainer'], [class*='single-value' i]";
  for (let node = input.parentElement, depth = 0; node !== null && depth < 6; depth += 1) {
    if (node.matches("form, body, fieldset")) return null;
    if (node.querySelectorAll("[role=combobox]").length > 1) return null;
    if (node.querySelector(marks) !== null) return node;
    node = node.parentElement;
  }
  return null;
}

/** What a combobox shows as chosen: several texts where it takes several. */
export function comboboxValue(input: Element): string | string[] | null {
  const box = comboboxBox(input);
  const clean = (element: Element): string =>
    (element.textContent ?? "").replace(/\s+/gu, " ").trim();
  if (box !== null) {
    const labels = box.querySelectorAll(
      "[class*='multi-value__label' i], [class*='multiValue']:not([class*='multiValueRemove']) > :first-child",
    );
    if (labels.length > 0) return [...labels].map((label) => clean(label));
    const single = box.querySelector("[class*='single-value' i], [class*='singleValue']");
    return single === null ? null : clean(single) || null;
  }
  if (input instanceof HTMLInputElement) return input.value.trim() || null;
  if (input.hasAttribute("data-placeholder")) return null;
  const text = clean(input);
  return text === "" || /^(select|choose|please|pick|--)/iu.test(text) ? null : text;
}

export function isMultiCombobox(input: Element): boolean {
  const box = comboboxBox(input);
  if (box?.querySelector("[class*='is-multi' i], [class*='multi-value' i]") != null) return true;
  return comboboxList(input)?.getAttribute("aria-multiselectable") === "true";
}

/** The list that belongs to this combobox and no other. */
export function comboboxList(input: Element): Element | null {
  const root = input.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  const ids = `${input.getAttribute("aria-controls") ?? ""} ${input.getAttribute("aria-owns") ?? ""}`;
  for (const id of ids.split(/\s+/u)) {
    const named = id === "" ? null : (scope.getElementById(id) ?? document.getElementById(id));
    if (named?.matches("[role=listbox]") === true) return named;
    const inner = named?.querySelector("[role=listbox]") ?? null;
    if (inner !== null) return inner;
    if (named !== null && named.querySelector("[role=option]") !== null) return named;
  }
  const own = comboboxBox(input)?.querySelector("[role=listbox]") ?? null;
  if (own !== null) return own;
  // Some name their list nowhere; a single open one can only be theirs.
  if (input.getAttribute("aria-expanded") !== "true" || ids.trim() !== "") return null;
  const open = [...document.querySelectorAll("[role=listbox]")].filter((list) =>
    list.checkVisibility(),
  );
  return open.length === 1 ? (open[0] ?? null) : null;
}

export function comboboxOptions(input: Element): Element[] {
  const options = comboboxList(input)?.querySelectorAll("[role=option]") ?? [];
  return [...options].filter(
    (option) => option.getAttribute("aria-disabled") !== "true" && option.checkVisibility(),
  );
}
