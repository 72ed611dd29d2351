import type { RawButton, RawControl, RawEntry, RawForm, RawFrame } from "../read/raw-page.ts";
import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

/** One pass over a frame: every control, button, form and error message. It changes nothing. */
export const readControls = pageScript<null, RawFrame>(readFrame, [
  readForm,
  readEntries,
  addressOf,
  readControl,
  readButton,
  isWayOn,
  isRequired,
  isInvalid,
  isBlocked,
  isInTrapBox,
  headingAbove,
  regionOf,
  wordsAfter,
  headingOf,
  isReviewHeading,
]);

function readFrame(kit: PageKit): RawFrame {
  const forms = kit.deepQuery(document, "form");
  const formOf = (element: Element): number => {
    const form = kit.ownerForm(element);
    return form === null ? -1 : forms.indexOf(form);
  };
  const named = Map.groupBy(
    kit.deepQuery(document, "input[name], select[name], textarea[name]"),
    (control) => kit.ownerForm(control),
  );
  const buttonSelector =
    "button, input[type=submit], input[type=button], input[type=image], a[href], [role=button]";
  return {
    documentId: performance.timeOrigin,
    url: location.href,
    address: location.href,
    title: document.title,
    shown: true,
    controls: kit.findControls(kit).map((group) => readControl(kit, group, formOf)),
    buttons: kit
      .deepQuery(document, buttonSelector)
      .filter((button) => !button.matches("[role=combobox], [aria-haspopup=listbox]"))
      .filter((button) => !button.matches("a[href]:not([role=button])") || isWayOn(button))
      // What takes the press lies over it and has the same name.
      .filter((button) => button.getAttribute("aria-hidden") !== "true")
      .map((button) => readButton(kit, button, formOf))
      .filter((button) => button.text !== "" && button.text.length <= 80),
    forms: forms.map((form) => readForm(kit, form, named)),
    alerts: kit
      .rootsIn(document)
      .flatMap((root) => kit.visibleAlerts(root))
      .map((alert) => kit.textOf(alert)),
    // Without scripting a page's "scripting" media feature says none.
    scripted: document.scripts.length > 0 && matchMedia("(scripting: enabled)").matches,
    isReview: kit
      .deepQuery(document, "h1, h2, h3")
      .some((heading) => kit.isShown(heading) && isReviewHeading(heading)),
    closedHosts: kit.closedHosts().length,
    busy: kit
      .deepQuery(document, "[role=progressbar], [aria-busy=true]")
      .some((element) => kit.isShown(element)),
  };
}

function isReviewHeading(heading: Element): boolean {
  return /^\W*(review( and submit| (your|my|the) application)?|(angaben |bewerbung )?(über)?prüfen|(über)?prüfen sie (ihre|deine) (angaben|bewerbung)|vérifi(er|cation)|vérifiez (votre candidature|vos informations)|révis(er|ion)|revis(ar|ión)|revise su (solicitud|candidatura)|riepilogo|controleren|podsumowanie)\W*$/iu.test(
    (heading.textContent ?? "").trim(),
  );
}

/** Of a page's many links only those that could lead into or through an application. */
function isWayOn(link: Element): boolean {
  const words =
    /apply|appl(ication|icant)|interest|continue|next|submit|send|bewerb|weiter|postul|candidat|sollicit|solicit|aplik|inscrib|suivant|siguiente|seguinte|próxim|avanti|volgende|dalej/iu;
  return words.test(link.textContent ?? "") || words.test(link.getAttribute("aria-label") ?? "");
}

/** An address that is none, such as "http://", must not keep the page from being read. */
function addressOf(element: Element, attribute: string): string | null {
  const address = element.getAttribute(attribute) ?? "";
  const isAddress = address !== "" && URL.canParse(address, document.baseURI);
  return isAddress ? new URL(address, document.baseURI).href : null;
}

function readForm(
  kit: PageKit,
  form: Element,
  named: ReadonlyMap<Element | null, readonly Element[]>,
): RawForm {
  return {
    action: addressOf(form, "action"),
    method: (form.getAttribute("method") ?? "get").toLowerCase(),
    encoding: form.getAttribute("enctype") ?? "application/x-www-form-urlencoded",
    opensIn: form.getAttribute("target") ?? "",
    entries: (named.get(form) ?? []).flatMap((control) => readEntries(kit, control)),
    marks: ["id", "name", "class", "action", "aria-label", "data-testid"]
      .map((name) => (form.getAttribute(name) ?? "").slice(0, 200))
      .join(" "),
    heading: headingOf(kit, form),
  };
}

/** HTML's "constructing the entry list", without the event by which a page's scripts take part in it. */
function readEntries(kit: PageKit, control: Element): RawEntry[] {
  const name = control.getAttribute("name") ?? "";
  if (name === "" || control.matches(":disabled, datalist *")) return [];
  if (control instanceof HTMLSelectElement) {
    return [...control.selectedOptions].map(({ value }) => ({ name, value }));
  }
  if (!(control instanceof HTMLInputElement)) return [{ name, value: null }];
  const { type, value } = control;
  if (/^(submit|button|reset|image)$/u.test(type)) return [];
  if (/^(radio|checkbox)$/u.test(type)) return control.checked ? [{ name, value }] : [];
  const isUnseen = type === "hidden" || kit.isTwin(kit, control);
  return [{ name, value: isUnseen && type !== "password" ? value : null }];
}

/** What stands above a form, or in it before its first control. */
function headingOf(kit: PageKit, form: Element): string {
  const heading = form.querySelector("h1, h2, h3, h4, legend, [role=heading]");
  if (heading !== null) return kit.textOf(heading).slice(0, 120);
  const box = form.closest("section, dialog, [role=dialog], aside");
  const above = box?.querySelector("h1, h2, h3, h4, [role=heading]") ?? headingAbove(form);
  return above === null ? "" : kit.textOf(above).slice(0, 120);
}

/** The heading right above a form in the boxes around it that hold no other form. */
function headingAbove(form: Element): Element | null {
  for (let box = form.parentElement, depth = 0; box !== null && depth < 6; depth += 1) {
    if (box.querySelectorAll("form").length > 1) return null;
    const headings = [...box.querySelectorAll("h1, h2, [role=heading]")];
    const above = headings.findLast(
      (one) => (one.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    );
    if (above !== undefined) return above;
    box = box.parentElement;
  }
  return null;
}

function readControl(
  kit: PageKit,
  members: readonly Element[],
  formOf: (element: Element) => number,
): RawControl {
  const first = members[0] ?? document.body;
  const kind = kit.isTakenUpload(kit, first) ? "file" : kit.kindOf(members);
  const isChoice = kind === "radio-group" || kind === "checkbox-group";
  const choices = kind === "button-group" ? kit.choicesOf(first) : members;
  const isRow = kind === "button-group";
  const label =
    (kind === "checkbox" ? kit.choiceText(first) : "") || kit.labelOf(isRow ? [first] : members);
  const attribute = (name: string): string => (first.getAttribute(name) ?? "").slice(0, 600);
  return {
    selector: isChoice || isRow ? kit.selectorOfGroup(choices) : kit.selectorOf(first),
    kind,
    inputType: attribute("type").toLowerCase(),
    domId: first.id,
    name: attribute("name"),
    autocomplete: attribute("autocomplete"),
    label,
    group: kind === "date" ? kit.dateContext(first, label) : kit.contextLabel(first),
    placeholder: kit.placeholderOf(first).slice(0, 600),
    hint: [attribute("aria-label"), attribute("title"), attribute("data-label")]
      .filter((text) => text !== "")
      .join(" | "),
    after: isChoice || kind === "checkbox" || isRow ? "" : wordsAfter(kit, first),
    maxLength: first instanceof HTMLInputElement ? first.maxLength : -1,
    required: isRequired(kit, members),
    options:
      isChoice || isRow
        ? choices.map((one) => kit.choiceLabel(one))
        : kit.optionsOf((kind === "combobox" ? kit.twinSelect(first) : null) ?? first),
    isMonth: kind === "date" && kit.asksMonth(first),
    visible: members.some((member) => kit.isControlShown(member)),
    hidden: kit.hiddenHow(first),
    ariaHidden: first.closest("[aria-hidden=true]") !== null,
    trapBox: isInTrapBox(first),
    tabIndex: first instanceof HTMLElement ? first.tabIndex : 0,
    disabled: members.every((member) => member.matches(":disabled, [aria-disabled=true]")),
    readOnly: first.hasAttribute("readonly"),
    form: formOf(first),
    region: regionOf(first),
    invalid: isInvalid(kit, members),
    blocked: members.some((member) => isBlocked(member)),
  };
}

/** A few words right behind a control, such as a format. */
function wordsAfter(kit: PageKit, control: Element): string {
  for (let node = control.nextSibling; node !== null; node = node.nextSibling) {
    if (node instanceof Element && (kit.controlsIn(node).length > 0 || kit.isNoise(node)))
      return "";
    const text = node instanceof Element || node instanceof Text ? kit.textOf(node) : "";
    if (text !== "") return text.slice(0, 80);
  }
  return "";
}

function isRequired(kit: PageKit, members: readonly Element[]): boolean {
  const isMarked = (element: Element): boolean =>
    element.hasAttribute("required") || element.getAttribute("aria-required") === "true";
  // One box of a checkbox group that is required says nothing about the others.
  if (members.some(isMarked)) return true;
  const group = members[0]?.parentElement?.closest("fieldset, [role=group], [role=radiogroup]");
  return group !== null && group !== undefined && isMarked(group) && kit.isOwnOf(group, members);
}

function isInvalid(kit: PageKit, members: readonly Element[]): boolean {
  if (members.some((member) => member.getAttribute("aria-invalid") === "true")) return true;
  const first = members[0];
  if (first === undefined) return false;
  for (let node = first.parentElement; node !== null; node = node.parentElement) {
    if (node.matches("form, body, main") || !kit.isOwnOf(node, members)) return false;
    if (kit.visibleAlerts(node).length > 0) return true;
  }
  const root = first.getRootNode();
  if (!(root instanceof ShadowRoot)) return false;
  const isAlone = kit.deepQuery(root, kit.controlSelector()).every((one) => members.includes(one));
  return isAlone && kit.visibleAlerts(root).length > 0;
}

/** The browser's own validation would keep the form from being sent. */
function isBlocked(control: Element): boolean {
  if (!("form" in control) || !(control.form instanceof HTMLFormElement)) return false;
  return !control.form.noValidate && control.matches(":invalid");
}

function isInTrapBox(control: Element): boolean {
  const boxes =
    "[class*=honeypot i], [id*=honeypot i], [class*=honey-pot i], [id*=honey-pot i], " +
    "[class*=gform_validation_container i], [data-honeypot]";
  const box = control.closest(boxes);
  return box !== null && !box.matches("form, body, main");
}

function regionOf(element: Element): RawControl["region"] {
  const cookie =
    "[id*=cookie i], [class*=cookie i], [id*=onetrust i], [class*=onetrust i], [aria-label*=cookie i]";
  const near = element.closest(cookie);
  if (near !== null && !near.matches("html, body, form, main")) return "cookie";
  if (element.closest("[role=search], search") !== null) return "search";
  return element.closest("nav, [role=navigation]") === null ? null : "navigation";
}

function readButton(
  kit: PageKit,
  button: Element,
  formOf: (element: Element) => number,
): RawButton {
  const isInput = button instanceof HTMLInputElement;
  const text = isInput
    ? button.value || (button.type === "submit" ? "Submit" : "")
    : kit.textOf(button);
  const isLink = button instanceof HTMLAnchorElement && button.getAttribute("role") !== "button";
  const form = formOf(button);
  const name = button.getAttribute("name") ?? "";
  const isSubmit = "type" in button && (button.type === "submit" || button.type === "image");
  return {
    selector: kit.selectorOf(button),
    text: text === "" ? (button.getAttribute("aria-label") ?? "") : text,
    type: isLink ? "link" : isSubmit && form !== -1 ? "submit" : "button",
    href: button instanceof HTMLAnchorElement ? button.href : null,
    form,
    visible: kit.isShown(button),
    enabled: !button.matches(":disabled, [aria-disabled=true]"),
    region: regionOf(button),
    sends: name === "" ? null : { name, value: button.getAttribute("value") ?? "" },
    action: addressOf(button, "formaction"),
    method: button.getAttribute("formmethod")?.toLowerCase() ?? null,
    encoding: button.getAttribute("formenctype"),
    opensIn: button.getAttribute("formtarget"),
  };
}
