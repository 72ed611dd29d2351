import type { FieldKind } from "@valet/contracts";
import type { RawButton, RawControl, RawForm, RawFrame } from "../read/raw-page.ts";
import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

/** One pass over a frame: every control, button, form and error message. It changes nothing. */
export const readControls = pageScript<null, RawFrame>(readFrame, [
  readForm,
  readControl,
  readButton,
  groupControls,
  isTwin,
  isTakenUpload,
  isWayOn,
  kindOf,
  optionsOf,
  isRequired,
  isInvalid,
  isBlocked,
  isInTrapBox,
  regionOf,
]);

function readFrame(kit: PageKit): RawFrame {
  const forms = kit.deepQuery(document, "form");
  const formOf = (element: Element): number => {
    const form = kit.ownerForm(element);
    return form === null ? -1 : forms.indexOf(form);
  };
  const controls = kit
    .deepQuery(document, `${kit.controlSelector()}, fieldset, [role=group]`)
    .filter((control) =>
      control.matches("fieldset, [role=group]") ? isTakenUpload(kit, control) : !isTwin(control),
    );
  const buttonSelector =
    "button, input[type=submit], input[type=button], input[type=image], a[href], [role=button]";
  return {
    documentId: performance.timeOrigin,
    url: location.href,
    title: document.title,
    controls: groupControls(controls).map((group) => readControl(kit, group, formOf)),
    buttons: kit
      .deepQuery(document, buttonSelector)
      .filter((button) => !button.matches("[role=combobox], [aria-haspopup=listbox]"))
      .filter((button) => !button.matches("a[href]:not([role=button])") || isWayOn(button))
      .map((button) => readButton(kit, button, formOf))
      .filter((button) => button.text !== "" && button.text.length <= 80),
    forms: forms.map((form) => readForm(form)),
    alerts: kit.visibleAlerts(document).map((alert) => kit.textOf(alert)),
    busy: kit
      .deepQuery(document, "[role=progressbar], [aria-busy=true]")
      .some((element) => kit.isShown(element)),
  };
}

/** Of a page's many links only those that could lead into or through an application. */
function isWayOn(link: Element): boolean {
  const words =
    /apply|appl(ication|icant)|continue|next|submit|send|bewerb|weiter|postul|candidat|solicit/iu;
  return words.test(link.textContent ?? "") || words.test(link.getAttribute("aria-label") ?? "");
}

function readForm(form: Element): RawForm {
  const action = form.getAttribute("action");
  const target = action === null || action === "" ? null : new URL(action, document.baseURI).href;
  return {
    action: target,
    method: (form.getAttribute("method") ?? "get").toLowerCase(),
    encoding: form.getAttribute("enctype") ?? "application/x-www-form-urlencoded",
  };
}

/** An upload widget that holds a file and has put its input away: the group stands for the field. */
function isTakenUpload(kit: PageKit, group: Element): boolean {
  if (group.querySelector(kit.controlSelector()) !== null || kit.ownLabel(group) === "")
    return false;
  return kit.shownFileNames(group).length > 0 && kit.isShown(group);
}

/** Companions that widgets keep beside the real control for the browser's own validation or for sending. */
function isTwin(control: Element): boolean {
  if (control.getAttribute("role") === "combobox") {
    return (
      control.querySelector("input[role=combobox], input[type=text], input:not([type])") !== null
    );
  }
  if (control.getAttribute("aria-hidden") !== "true") return false;
  if (control.getAttribute("tabindex") !== "-1") return false;
  const around = control.parentElement?.parentElement ?? control.parentElement;
  const other = around?.querySelector("[role=combobox], button[aria-haspopup=listbox]") ?? null;
  return other !== null && other !== control;
}

/** Radios and checkboxes that share a name in one form belong together; so do nameless ones in one fieldset. */
function groupControls(controls: readonly Element[]): Element[][] {
  const groups = new Map<string, Element[]>();
  const containers = new Map<Node, number>();
  for (const [index, control] of controls.entries()) {
    const isInput = control instanceof HTMLInputElement;
    if (!isInput || (control.type !== "radio" && control.type !== "checkbox")) {
      groups.set(`single:${index}`, [control]);
      continue;
    }
    const around =
      control.name === ""
        ? control.closest("fieldset, [role=group], [role=radiogroup]")
        : (control.form ?? control.getRootNode());
    if (around !== null && !containers.has(around)) containers.set(around, containers.size);
    const owner = around === null ? `alone:${index}` : `in:${containers.get(around)}`;
    const key = `${control.type}:${owner}:${control.name}`;
    groups.set(key, [...(groups.get(key) ?? []), control]);
  }
  return [...groups.values()];
}

function readControl(
  kit: PageKit,
  members: readonly Element[],
  formOf: (element: Element) => number,
): RawControl {
  const first = members[0] ?? document.body;
  const kind = kindOf(members);
  const isChoice = kind === "radio-group" || kind === "checkbox-group";
  return {
    selector: isChoice ? kit.selectorOfGroup(members) : kit.selectorOf(first),
    kind,
    inputType: first.getAttribute("type")?.toLowerCase() ?? "",
    domId: first.id,
    name: first.getAttribute("name") ?? "",
    autocomplete: first.getAttribute("autocomplete") ?? "",
    label: (kind === "checkbox" ? kit.choiceText(first) : "") || kit.labelOf(members),
    group: kit.contextLabel(first),
    placeholder: first.getAttribute("placeholder") ?? "",
    required: isRequired(kit, members),
    options: isChoice ? members.map((member) => kit.choiceLabel(member)) : optionsOf(first),
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

function kindOf(members: readonly Element[]): FieldKind {
  const control = members[0];
  if (control === undefined) return "other";
  if (control.matches("fieldset, [role=group]")) return "file";
  if (control.getAttribute("role") === "combobox") return "combobox";
  if (control instanceof HTMLTextAreaElement) return "textarea";
  if (control instanceof HTMLSelectElement) return control.multiple ? "listbox" : "select";
  if (!(control instanceof HTMLInputElement)) return "combobox";
  switch (control.type) {
    case "email":
    case "tel":
    case "url":
    case "number":
    case "date":
    case "file":
    case "password":
      return control.type;
    case "text":
    case "search":
      return "text";
    case "radio":
      return "radio-group";
    case "checkbox":
      return members.length > 1 ? "checkbox-group" : "checkbox";
    default:
      return "other";
  }
}

/** Visible option texts, without the row that stands for "nothing chosen". */
function optionsOf(control: Element): string[] {
  if (!(control instanceof HTMLSelectElement)) return [];
  return [...control.options]
    .filter((option, index) => {
      const text = option.text.trim();
      if (text === "") return false;
      const isPrompt = /^(\W*|[-–—\s]*(please )?(select|choose|pick)\b.*)$/iu.test(text);
      return !(isPrompt || (index === 0 && option.value === "" && option.disabled));
    })
    .map((option) => option.text.replace(/\s+/gu, " ").trim());
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
  return false;
}

/** The browser's own validation would keep the form from being sent. */
function isBlocked(control: Element): boolean {
  if (!("form" in control) || !(control.form instanceof HTMLFormElement)) return false;
  return !control.form.noValidate && control.matches(":invalid");
}

function isInTrapBox(control: Element): boolean {
  const boxes =
    "[class*=honeypot i], [id*=honeypot i], [class*=honey-pot i], [class*=gform_validation_container i]";
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
  };
}
