import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

/** What a frame holds. Texts that are only shown are not part of it. */
export interface Holdings {
  /** What was typed, drawn or chosen where no list says what else there is, each as it stands. */
  readonly texts: string[];
  /** Everything that can be chosen, group by group: which of them is chosen must not be told by what is left out. */
  readonly choices: { readonly options: string[]; readonly isTaken: boolean }[];
}

/** What every control of a frame holds, also those that no form has and that nobody sees. Changes nothing. */
export const readHoldings = pageScript<null, Holdings>(
  (kit) => {
    const lines = kit.deepQuery(document, lineSelector());
    const groups = kit.findControls(kit);
    const byParent = Map.groupBy(
      kit.deepQuery(document, entrySelector()),
      ({ parentElement }) => parentElement,
    );
    const texts = [
      ...lines.flatMap((line) => textsOf(line)),
      ...groups.flatMap((members) => widgetTexts(kit, members)),
    ].filter((text) => text.trim() !== "");
    return {
      texts,
      choices: [
        ...unmarkedLists(kit, texts),
        ...groups.map((members) => choiceOf(kit, members)),
        ...kit.deepQuery(document, "select").map((list) => listOf(list)),
        ...kit
          .deepQuery(document, listSelector())
          .map((list) => entriesOf(kit, [...list.querySelectorAll(entrySelector())])),
        // Entries handed into the list of a widget are not below it.
        ...[...byParent.values()].map((entries) => entriesOf(kit, entries)),
      ].filter((choice) => choice !== null),
    };
  },
  [
    lineSelector,
    listSelector,
    entrySelector,
    textsOf,
    widgetTexts,
    choiceOf,
    listOf,
    comboboxChoice,
    entriesOf,
    unmarkedLists,
    ownTextNodes,
  ],
);

/** Whatever a text can be in. What is in hidden inputs is the site's own, and is shown to nobody. */
function lineSelector(): string {
  const skipped = ["hidden", "submit", "reset", "button", "image", "checkbox", "radio"];
  const input = `input${skipped.map((type) => `:not([type=${type} i])`).join("")}`;
  return `${input}, textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=searchbox], [role=slider], [role=spinbutton], [role=combobox]`;
}

/** Whatever choices can be in, drawn or not: what speaks to screen readers is there before anybody looks. */
function listSelector(): string {
  return "[role=listbox], [role=menu], [role=tree], [role=radiogroup]";
}

function entrySelector(): string {
  return "[role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=treeitem], [role=radio]";
}

function textsOf(line: Element): string[] {
  const spoken = [line.getAttribute("aria-valuetext"), line.getAttribute("aria-valuenow")];
  const own = spoken.filter((text) => text !== null);
  if (line instanceof HTMLTextAreaElement) return [...own, line.value];
  if (line instanceof HTMLInputElement) {
    if (line.type === "file") return [...own, ...[...(line.files ?? [])].map(({ name }) => name)];
    const isTime = /^(date|month|week|time|datetime-local)$/u.test(line.type);
    // The browser shows the parts of a day one by one, and without leading zeros where people write so.
    const parts = isTime ? (line.value.match(/\d+/gu) ?? []) : [];
    return [...own, line.value, ...parts, ...parts.map((part) => part.replace(/^0+/u, ""))];
  }
  if (line.matches("[role=combobox]")) return own;
  return line instanceof HTMLElement ? [...own, line.innerText] : own;
}

/** What only the widget as a whole says it holds: a day of three parts, a number of ten boxes, a taken file. */
function widgetTexts(kit: PageKit, members: readonly Element[]): string[] {
  const [first] = members;
  if (first === undefined || first.matches("input:not([role=combobox]), select, textarea")) {
    return [];
  }
  const segments = [...first.querySelectorAll("input")];
  const together = [
    first.querySelector("[role=spinbutton]") === null ? null : kit.sectionsValue(first),
    segments.length < 2 ? null : kit.segmentsValue(segments),
    segments.length < 2 ? null : segments.map(({ value }) => value).join(""),
  ];
  return [...together.filter((text) => text !== null), ...kit.shownFileNames(first)];
}

function choiceOf(kit: PageKit, members: readonly Element[]): Holdings["choices"][number] | null {
  const [first] = members;
  const kind = kit.kindOf(members);
  if (first === undefined || first instanceof HTMLSelectElement) return null;
  if (kind === "combobox") return comboboxChoice(kit, first);
  const single = kit.choiceMembers(members);
  const isGroup = /^(radio-group|checkbox-group|button-group|listbox)$/u.test(kind);
  if (!isGroup) return null;
  return {
    options: single.map((member) => kit.memberLabel(member)).filter((text) => text !== ""),
    isTaken: single.some((member) => kit.isChosen(member)),
  };
}

function listOf(list: Element): Holdings["choices"][number] | null {
  if (!(list instanceof HTMLSelectElement)) return null;
  const isEmptyRow = ({ value }: HTMLOptionElement): boolean => value === "";
  return {
    options: [...list.options].filter((option) => !isEmptyRow(option)).map(({ text }) => text),
    isTaken: [...list.selectedOptions].some((option) => !isEmptyRow(option)),
  };
}

function comboboxChoice(kit: PageKit, input: Element): Holdings["choices"][number] {
  const shown = [kit.comboboxValue(input) ?? []].flat();
  const twin = kit.twinSelect(input);
  const named = input instanceof HTMLInputElement ? input.list : null;
  return {
    options: [
      ...shown,
      ...kit.comboboxOptions(input).map((option) => kit.widgetText(option)),
      ...[...(twin?.options ?? [])].filter(({ value }) => value !== "").map(({ text }) => text),
      ...[...(named?.options ?? [])].map(({ value }) => value),
    ],
    isTaken: shown.length > 0,
  };
}

function entriesOf(kit: PageKit, entries: readonly Element[]): Holdings["choices"][number] {
  const texts = entries.map((entry) => [
    kit.widgetText(entry),
    entry.getAttribute("aria-label") ?? "",
  ]);
  return {
    options: texts.flat().filter((text) => text !== ""),
    isTaken: entries.some((entry) => entry.matches("[aria-selected=true], [aria-checked=true]")),
  };
}

/** Lists that nothing names as such: an element that says what is held, among others of its kind. */
function unmarkedLists(kit: PageKit, texts: readonly string[]): Holdings["choices"] {
  const held = new Set(texts.map((text) => text.trim()));
  const lists = new Set<Element>();
  for (const node of kit.rootsIn(document).flatMap((root) => ownTextNodes(root))) {
    const text = (node.nodeValue ?? "").trim();
    if (!held.has(text)) continue;
    let entry = node.parentElement;
    while (entry?.parentElement?.textContent?.trim() === text) entry = entry.parentElement;
    const list = entry?.parentElement;
    if (list) lists.add(list);
  }
  return [...lists].flatMap((list) => {
    const alike = Map.groupBy(list.children, ({ localName, classList }) =>
      [localName, classList[0]].join("."),
    );
    return [...alike.values()]
      .map((entries) => entries.map(({ textContent }) => textContent.trim()))
      .filter((options) => options.length > 1 && options.some((option) => held.has(option)))
      .map((options) => ({ options: options.filter((option) => option !== ""), isTaken: true }));
  });
}

function ownTextNodes(root: Node): Node[] {
  const nodes: Node[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node);
  return nodes;
}
