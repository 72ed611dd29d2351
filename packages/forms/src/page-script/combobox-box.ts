/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

/** The largest box around a combobox that holds no other control and not its label: what draws its value. */
export function comboboxBox(input: Element): Element | null {
  const controls =
    "input:not([type=hidden]), select, textarea, [role=combobox], [aria-haspopup=listbox]";
  let best: Element | null = null;
  for (let node = input.parentElement, depth = 0; node !== null && depth < 7; depth += 1) {
    if (node.matches("form, body, fieldset, label, main, dialog, td, li")) break;
    const names = [...node.querySelectorAll("label, legend")];
    if (names.some((name) => name.closest("[aria-hidden=true]") === null)) break;
    const others = [...node.querySelectorAll(controls)].filter(
      (control) =>
        control !== input &&
        !control.contains(input) &&
        !input.contains(control) &&
        control.getAttribute("tabindex") !== "-1" &&
        control.getAttribute("aria-hidden") !== "true" &&
        control.closest("[role=listbox], [role=option]") === null &&
        control.checkVisibility(),
    );
    if (others.length > 0) break;
    best = node;
    node = node.parentElement;
  }
  // A widget that is the combobox itself draws its value inside.
  return best ?? (input instanceof HTMLInputElement ? null : input);
}

/** Words of an element without its remove buttons, icons and hidden parts. */
export function widgetText(element: Element): string {
  let text = "";
  const visit = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue ?? "";
    if (!(node instanceof Element)) return;
    if (node !== element) {
      if (
        node.matches(
          "button, [role=button], svg, style, script, [aria-hidden=true], [hidden], select",
        )
      )
        return;
      if (/remove|close|clear|delete/iu.test(node.getAttribute("class") ?? "")) return;
    }
    for (const child of node.childNodes) visit(child);
  };
  visit(element);
  return text
    .replace(/[\u200B-\u200D\u2060\uFEFF]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/** The chosen texts that a widget shows as separate tags; null where it has no tags. */
export function chosenTags(box: Element): Element[] {
  const listed = [...box.querySelectorAll("[role=listbox], ul, ol")]
    .filter((list) => isListOfChosen(list))
    .flatMap((list) => [...list.children])
    .filter((entry) => widgetText(entry) !== "");
  if (listed.length > 0) return listed;
  const marks =
    "[class*='multi-value' i], [class*='multivalue' i], [class*='chip' i], [class*='tag' i], [class*='token' i], [class*='pill' i], [class*='selection__choice' i], [class*='selection-item' i], [class*='selected-item' i], .item[data-value], [data-item][data-value], sl-tag";
  const inner = "input, textarea, [contenteditable=true], [role=listbox], [role=option]";
  const found = [...box.querySelectorAll(marks)].filter(
    (element) =>
      element.querySelector(inner) === null &&
      !element.matches("input, textarea, button, [contenteditable=true], svg, svg *") &&
      (element.closest("[role=listbox], [role=option]") === null ||
        element.querySelector("button") !== null) &&
      element.closest("button") === null &&
      !/placeholder|indicator|remove|close|clear/iu.test(element.getAttribute("class") ?? "") &&
      widgetText(element) !== "",
  );
  const holdsSeveral = (element: Element): boolean => {
    const parts = found.filter((other) => other !== element && element.contains(other));
    return (
      parts.filter((part) => !parts.some((outer) => outer !== part && outer.contains(part)))
        .length > 1
    );
  };
  const single = found.filter((element) => !holdsSeveral(element));
  return single.filter(
    (element) => !single.some((outer) => outer !== element && outer.contains(element)),
  );
}

/** The native list that a widget has hidden and keeps in step. */
export function twinSelect(input: Element): HTMLSelectElement | null {
  for (let node: Element | null = input, depth = 0; node !== null && depth < 6; depth += 1) {
    if (node.matches("form, body, fieldset")) return null;
    for (const near of [node.previousElementSibling, node.nextElementSibling]) {
      const isHidden =
        near instanceof HTMLSelectElement &&
        (near.tabIndex < 0 || near.hidden || !near.checkVisibility());
      if (isHidden) return near;
    }
    const inside: Element[] = node === input ? [] : [...node.querySelectorAll("select")];
    const [first] = inside;
    if (inside.length === 1 && first instanceof HTMLSelectElement && first.tabIndex < 0)
      return first;
    node = node.parentElement;
  }
  return null;
}

/** What a combobox shows as chosen: several texts where it takes several. */
export function comboboxValue(input: Element): string | string[] | null {
  const twin = twinSelect(input);
  if (twin !== null) {
    const texts = [...twin.selectedOptions]
      .filter((option) => option.value !== "")
      .map((option) => option.text.replace(/\s+/gu, " ").trim());
    return texts.length === 0 ? null : twin.multiple ? texts : (texts[0] ?? null);
  }
  const box = comboboxBox(input);
  if (box !== null) {
    const tags = chosenTags(box);
    if (tags.length > 1 || (tags.length > 0 && isMultiCombobox(input))) {
      return tags.map((tag) => widgetText(tag));
    }
    const single = box.querySelector(
      "[class*='single-value' i], [class*='singleValue'], [class*='selection-item' i], [class*='content-value' i], [class*='content-has-value' i]",
    );
    if (single !== null) return widgetText(single) || null;
    if (/value-container|valueContainer/u.test(box.innerHTML)) return null;
  }
  if (input instanceof HTMLInputElement) {
    if (isMultiCombobox(input)) return null;
    // Beside a search line, what was chosen stands as a tag even where it is the only one there can be.
    const tag = box === null ? undefined : chosenTags(box)[0];
    return (tag === undefined ? "" : widgetText(tag)) || input.value.trim() || null;
  }
  if (input.hasAttribute("data-placeholder")) return null;
  const hint = input.querySelector("[data-placeholder], [class*=placeholder i]");
  const text = widgetText(input);
  if (hint !== null && widgetText(hint) === text) return null;
  return text === "" || /^(select|choose|please|pick|search|--)/iu.test(text) ? null : text;
}

export function isMultiCombobox(input: Element): boolean {
  if (twinSelect(input)?.multiple === true) return true;
  const box = comboboxBox(input);
  const several =
    "[class*='is-multi' i], [class*='multi-value' i], [class*='multiple' i], [class*='selection__choice' i]";
  if (box !== null && (box.matches(several) || box.querySelector(several) !== null)) return true;
  // A tag that can be taken away again stands beside others.
  if (box !== null && input instanceof HTMLInputElement) {
    const hasRemovable = chosenTags(box).some(
      (tag) =>
        tag.querySelector("button, svg, [class*=remove i], [class*=delete i], [class*=close i]") !==
          null || tag.matches("[class*=deletable i], [class*=removable i]"),
    );
    if (hasRemovable) return true;
  }
  return comboboxList(input)?.getAttribute("aria-multiselectable") === "true";
}

/** The list that belongs to this combobox and no other. */
export function comboboxList(input: Element): Element | null {
  const root = input.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  const owner = input.closest("[aria-controls], [aria-owns]") ?? input;
  const ids = [input, owner]
    .flatMap((element) => [
      element.getAttribute("aria-controls"),
      element.getAttribute("aria-owns"),
    ])
    .join(" ");
  for (const id of ids.split(/\s+/u)) {
    const named = id === "" ? null : (scope.getElementById(id) ?? document.getElementById(id));
    if (named === null || named === input) continue;
    if (named.matches("[role=listbox], [role=menu], [role=tree]")) return named;
    const inner = named.querySelector("[role=listbox]");
    if (inner !== null) return inner;
    if (named.querySelector("[role=option]") !== null) return named;
  }
  // A widget may mark what is chosen as a list too; the one to choose from is the longer.
  const sizeOf = (list: Element): number => list.querySelectorAll("[role=option]").length;
  const own = [...(comboboxBox(input) ?? input).querySelectorAll("[role=listbox]")]
    .filter((list) => list.checkVisibility() && !holdsChosenOnly(list))
    .toSorted((one, other) => sizeOf(other) - sizeOf(one))[0];
  if (own !== undefined) return own;
  if (input.getAttribute("aria-expanded") === "false") return null;
  return openListNear(input);
}

/** What the markup calls an element: its classes, and the names that data attributes give it. */
export function namesInCode(element: Element): string {
  const data = element instanceof HTMLElement ? Object.values(element.dataset) : [];
  return [element.getAttribute("class") ?? "", ...data].join(" ");
}

/** A list that by its name shows what was chosen, an entry for each. */
export function isListOfChosen(list: Element): boolean {
  return /selected-?items?/iu.test(namesInCode(list));
}

/** A list of what was chosen already, empty at first; the one to choose from is another. */
export function holdsChosenOnly(list: Element): boolean {
  if (isListOfChosen(list)) return true;
  const options = [...list.querySelectorAll("[role=option]")];
  return options.length > 0 && options.every((one) => one.matches("[aria-selected=true]"));
}

/** Some name their list nowhere: the one that has just opened right above or below them is theirs. */
export function openListNear(input: Element): Element | null {
  const place = (comboboxBox(input) ?? input).getBoundingClientRect();
  const lists = [
    ...document.querySelectorAll(
      "[role=listbox], ul[class*=dropdown i], ul[class*=autocomplete i], ul[class*=typeahead i], ul[class*=suggest i], div[class*=dropdown i], div[class*=autocomplete i], div[class*=typeahead i], div[class*=suggest i], ul[class*=results i], ul[class*=menu i]",
    ),
  ].filter((list) => {
    if (holdsChosenOnly(list)) return false;
    if (list.contains(input) || !list.checkVisibility({ visibilityProperty: true })) return false;
    if (list.querySelector("input:not([type=hidden]), form") !== null) return false;
    const id = list.id;
    if (id !== "" && document.querySelector(`[aria-controls~="${CSS.escape(id)}"]`) !== null) {
      return false;
    }
    const box = list.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return false;
    const isBelow = Math.abs(box.top - place.bottom) < 60;
    const isAbove = Math.abs(place.top - box.bottom) < 60;
    return (isBelow || isAbove) && box.left < place.right && box.right > place.left;
  });
  return (
    lists.find((list) => list.matches("[role=listbox]")) ??
    lists.find((list) => !lists.some((outer) => outer !== list && outer.contains(list))) ??
    null
  );
}

export function comboboxOptions(input: Element): Element[] {
  const list = comboboxList(input);
  if (list === null) return [];
  const isTakable = (option: Element): boolean => {
    const box = option.getBoundingClientRect();
    return (
      box.height > 1 &&
      box.width > 1 &&
      option.checkVisibility({ visibilityProperty: true }) &&
      option.getAttribute("aria-disabled") !== "true" &&
      !/^(true)?$/u.test(option.getAttribute("data-disabled") ?? "no") &&
      !/\bdisabled\b/u.test(option.getAttribute("class") ?? "")
    );
  };
  const named = [
    ...list.querySelectorAll(
      "[role=option], [role=menuitem], [role=menuitemradio], [role=treeitem]",
    ),
  ];
  const taken = named.filter((option) => isTakable(option));
  if (taken.length > 0) return taken;
  const slot = list.querySelector("slot");
  const slotted = slot?.assignedElements({ flatten: true }) ?? [];
  if (slotted.length > 0) {
    return slotted.filter(
      (option) => option.getAttribute("role") === "option" && isTakable(option),
    );
  }
  if (named.length === 0 && list.matches("[role=listbox]")) return [];
  // Long lists are drawn beside the named one, which then only speaks to screen readers.
  const popup = list.closest("[class*=dropdown i], [class*=popup i], [class*=popover i]") ?? list;
  const items = [
    ...popup.querySelectorAll(
      "[class*=item-option]:not([class*=option-content]), li, [class*=option i], [class*=item i], [class*=result i], [class*=suggestion i], [class*=dropdown-location i]",
    ),
  ].filter((item) => isTakable(item) && widgetText(item) !== "");
  const options = items.filter((item) => !holdsSeveralAlike(item, items));
  return options.filter((item) => !options.some((outer) => outer !== item && outer.contains(item)));
}

/** The box around options may be named like one of them; what it holds is named alike. */
export function holdsSeveralAlike(item: Element, items: readonly Element[]): boolean {
  const names = items
    .filter((inner) => inner !== item && item.contains(inner))
    .map((inner) => `${inner.tagName} ${inner.className}`);
  return new Set(names).size < names.length;
}

/** What scrolls the list that an option is in. */
export function scrollBoxOf(option: Element): Element | null {
  for (let node = option.parentElement, depth = 0; node !== null && depth < 6; depth += 1) {
    if (node.matches("body, html, form")) return null;
    const isLonger = node.scrollHeight > node.clientHeight + 1 && node.clientHeight > 0;
    if (isLonger && getComputedStyle(node).overflowY !== "visible") return node;
    node = node.parentElement;
  }
  return null;
}

/** Whether a list has room for more options than it holds: it draws those in view alone. */
export function isPartlyDrawn(options: readonly Element[]): boolean {
  const [first, last] = [options[0], options.at(-1)];
  if (first === undefined || last === undefined) return false;
  const size = Number(first.getAttribute("aria-setsize") ?? 0);
  if (size > options.length) return true;
  const box = scrollBoxOf(first);
  if (box === null) return false;
  const one = first.getBoundingClientRect();
  const above = one.top - box.getBoundingClientRect().top + box.scrollTop;
  const drawn = last.getBoundingClientRect().bottom - one.top;
  return box.scrollHeight - drawn - Math.max(0, above) > one.height * 2 || above > one.height * 4;
}
