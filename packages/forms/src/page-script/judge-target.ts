import type { FormField } from "@valet/contracts";
import type { ActionRefusal, Pointer, SmallAction } from "../act/small-action.ts";
import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

type Selector = FormField["selector"];

export interface TargetToJudge {
  readonly do: SmallAction["do"];
  /** In this frame: its own paths and its own viewport; or what an earlier judgement gave. */
  readonly at: Pointer | { readonly selector: Selector };
  /** The field that the action is for. */
  readonly field: Selector;
  /** Every other field of the form that stands in this frame. */
  readonly others: readonly Selector[];
}

export interface JudgedTarget {
  readonly refused: ActionRefusal | null;
  readonly selector: Selector;
  /** What a button around it says; the words decide too. */
  readonly buttonText: string;
  /** It says something and has come since: an entry of something that was opened. */
  readonly isOpened: boolean;
  /** The texts of the list it is an entry of, or is; empty where it is neither. */
  readonly entries: readonly string[];
  /** That list. */
  readonly list: Selector | null;
}

/**
 * From now on what is not yet shown counts as opened by what is done for this field, which is brought into
 * view for whoever looks. Nothing else of the page is changed.
 */
export const rememberShown = pageScript<Selector, null>((kit, field) => {
  kit.resolveAll(field)[0]?.scrollIntoView({ block: "center", behavior: "instant" });
  const shown = new WeakSet<Element>();
  for (const element of kit.deepQuery(document, "*")) {
    if (element.checkVisibility({ visibilityProperty: true })) shown.add(element);
  }
  Reflect.set(globalThis, Symbol.for("valet.shownBefore"), shown);
  return null;
});

export const forgetShown = pageScript<null, null>(() => {
  Reflect.deleteProperty(globalThis, Symbol.for("valet.shownBefore"));
  return null;
});

/** Whether an action may be done to what a pointer means. It scrolls there and changes nothing else. */
export const judgeTarget = pageScript<TargetToJudge, JudgedTarget>(judge, [
  targetOf,
  elementByPath,
  elementAt,
  refusalOf,
  isReachable,
  buttonAround,
  isOfField,
  wasShown,
  listAround,
  loneListOf,
  entryText,
]);

/** The entry of a list with this text. */
export const listEntry = pageScript<
  { readonly list: Selector; readonly text: string },
  Element | null
>(
  (kit, { list, text }) => {
    const box = kit.resolveAll(list)[0];
    return [...(box?.children ?? [])].find((entry) => entryText(entry) === text) ?? null;
  },
  [entryText],
);

function judge(kit: PageKit, input: TargetToJudge): JudgedTarget {
  const element = targetOf(kit, input.at);
  const nothing = { selector: "", buttonText: "", isOpened: false, entries: [], list: null };
  if (element === null) return { refused: "not_there", ...nothing };
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
  const isOpened = !wasShown(element) && entryText(element) !== "";
  const list = listAround(element) ?? (isOpened ? loneListOf(element) : null);
  const button = buttonAround(element);
  return {
    refused: refusalOf(kit, element, input),
    selector: kit.selectorOf(element),
    buttonText:
      button === null ? "" : kit.textOf(button) || (button.getAttribute("aria-label") ?? ""),
    isOpened,
    entries: list === null ? [] : [...list.children].map((entry) => entryText(entry)),
    list: list === null ? null : kit.selectorOf(list),
  };
}

function targetOf(kit: PageKit, at: TargetToJudge["at"]): Element | null {
  if ("selector" in at) return kit.resolveAll(at.selector)[0] ?? null;
  return "xpath" in at ? elementByPath(kit, at.xpath) : elementAt(at.x, at.y);
}

/** Steps by name and number alone; an empty one goes into a shadow root. Whatever else a path may say is not read. */
function elementByPath(kit: PageKit, xpath: string): Element | null {
  let at: Element | null = null;
  let children: HTMLCollection = document.children;
  for (const step of xpath
    .replace(/^xpath=/u, "")
    .replace(/^\//u, "")
    .split("/")) {
    if (/^text\(\)(\[\d+\])?$/u.test(step)) break;
    if (step === "" && at !== null) {
      const root: ShadowRoot | null = kit.shadowOf(at);
      if (root === null) return null;
      children = root.children;
      continue;
    }
    const parts = /^([\w:.-]+)(?:\[(\d+)\])?$/u.exec(step);
    if (parts === null) return null;
    const twins: Element[] = [...children].filter(
      (child) => child.localName === parts[1]?.toLowerCase(),
    );
    at = twins[Number(parts[2] ?? 1) - 1] ?? null;
    if (at === null) return null;
    children = at.children;
  }
  return at;
}

function elementAt(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  while (found?.shadowRoot) {
    const inner = found.shadowRoot.elementFromPoint(x, y);
    if (inner === null || inner === found) break;
    found = inner;
  }
  return found;
}

function refusalOf(kit: PageKit, element: Element, input: TargetToJudge): ActionRefusal | null {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    return "not_shown";
  const box = element.getBoundingClientRect();
  if (box.width < 4 || box.height < 4 || element.closest("[aria-hidden=true]") !== null)
    return "not_shown";
  if (!isReachable(element, box)) return "covered";
  if (element.closest("iframe, embed, object, input[type=file], input[type=password]") !== null) {
    return "not_of_this_field";
  }
  const link = element.closest("a[href]");
  if (link !== null && !/^(#|javascript:)/iu.test(link.getAttribute("href") ?? ""))
    return "leads_away";
  const button = buttonAround(element);
  const isSender =
    (button instanceof HTMLButtonElement || button instanceof HTMLInputElement) &&
    button.form !== null &&
    /^(submit|image|reset)$/u.test(button.type);
  if (isSender) return "sends";
  const others = input.others.flatMap((selector) => kit.resolveAll(selector));
  const label = element.closest("label");
  const labelled = label instanceof HTMLLabelElement ? label.control : null;
  const isOther = (other: Element): boolean =>
    other.contains(element) || element.contains(other) || other === labelled;
  if (others.some(isOther)) return "other_field";
  const field = kit.resolveAll(input.field)[0];
  if (field === undefined || !isOfField({ element, field, others })) return "not_of_this_field";
  if (input.do !== "type") return null;
  const line = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  const isLine = line && !element.readOnly && !element.disabled;
  return isLine || (element instanceof HTMLElement && element.isContentEditable)
    ? null
    : "takes_no_text";
}

/** What lies on top where the pointer would press. */
function isReachable(element: Element, box: DOMRect): boolean {
  const top = elementAt(box.left + box.width / 2, box.top + box.height / 2);
  if (top === null) return false;
  for (let node: Node | null = top; node !== null;) {
    if (node === element) return true;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return top.contains(element);
}

function buttonAround(element: Element): Element | null {
  return element.closest(
    "button, input[type=submit], input[type=image], input[type=reset], [role=button], a",
  );
}

/** In the box that is the field's alone, or in what was opened since. */
function isOfField({
  element,
  field,
  others,
}: {
  readonly element: Element;
  readonly field: Element;
  readonly others: readonly Element[];
}): boolean {
  const holdsOther = (box: Element): boolean => others.some((other) => box.contains(other));
  let own: Element = field;
  for (let box = field.parentElement; box !== null; box = box.parentElement) {
    if (box.matches("form, body, main, dialog, [role=dialog]") || holdsOther(box)) break;
    own = box;
  }
  if (own.contains(element)) return true;
  if (wasShown(element)) return false;
  let opened: Element = element;
  for (let box = element.parentElement; box !== null && !wasShown(box); box = box.parentElement) {
    opened = box;
  }
  const sends =
    "button[type=submit], input[type=submit], input[type=image], input[type=password], input[type=file]";
  return !holdsOther(opened) && opened.querySelector(sends) === null;
}

function wasShown(element: Element): boolean {
  const shown: unknown = Reflect.get(globalThis, Symbol.for("valet.shownBefore"));
  return !(shown instanceof WeakSet) || shown.has(element);
}

/** The nearest box of things alike that an element is one of, or is itself. */
function listAround(element: Element): Element | null {
  const isList = (box: Element): boolean => {
    const [first, ...rest] = box.children;
    return (
      first !== undefined &&
      rest.length > 0 &&
      rest.every((child) => child.tagName === first.tagName)
    );
  };
  if (isList(element)) return element;
  let box = element.parentElement;
  for (let depth = 0; box !== null && depth < 4 && !box.matches("form, body, main"); depth += 1) {
    if (isList(box)) return box;
    box = box.parentElement;
  }
  return null;
}

/** A list that has found one thing alone. */
function loneListOf(element: Element): Element | null {
  return element.childElementCount > 0 ? element : element.parentElement;
}

function entryText(entry: Element): string {
  return (entry.textContent ?? "").replace(/\s+/gu, " ").trim();
}
