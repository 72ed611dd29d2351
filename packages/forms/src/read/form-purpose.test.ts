import { expect, test } from "vitest";
import { found } from "../meaning/assign-meaning.ts";
import { type FormToJudge, purposeOf } from "./form-purpose.ts";
import type { RawButton, RawControl, RawForm } from "./raw-page.ts";

const control: RawControl = {
  selector: "input",
  kind: "text",
  inputType: "text",
  domId: "",
  name: "",
  autocomplete: "",
  label: "",
  group: "",
  placeholder: "",
  hint: "",
  after: "",
  maxLength: -1,
  required: false,
  options: [],
  isMonth: false,
  visible: true,
  hidden: null,
  ariaHidden: false,
  trapBox: false,
  tabIndex: 0,
  disabled: false,
  readOnly: false,
  form: 0,
  region: null,
  invalid: false,
  blocked: false,
};
const form: RawForm = {
  action: null,
  method: "post",
  encoding: "",
  opensIn: "",
  entries: [],
  marks: "",
  heading: "",
};
const email = { raw: control, finding: found("email", 1, "") };
const name = { raw: control, finding: found("name.full", 1, "") };
const password = {
  raw: { ...control, kind: "password" as const },
  finding: found("account.password", 1, ""),
};

function judge(
  fields: readonly (typeof email | typeof password)[],
  { button, marks = "" }: { readonly button: string; readonly marks?: string },
) {
  const pressed: RawButton = {
    selector: "button",
    text: button,
    type: "submit",
    href: null,
    form: 0,
    visible: true,
    enabled: true,
    region: null,
    sends: null,
    action: null,
    method: null,
    encoding: null,
    opensIn: null,
  };
  const toJudge: FormToJudge = {
    form: { ...form, marks },
    controls: fields.map(({ raw }) => raw),
    findings: fields.map(({ finding }) => finding),
    buttons: [pressed],
    title: "",
  };
  return purposeOf(toJudge);
}

test("an address and one password are a sign-in, unless the button makes an account", () => {
  expect(judge([email, password], { button: "Log in" })).toBe("login");
  expect(judge([email, password], { button: "Se connecter" })).toBe("login");
  expect(judge([email, password], { button: "Create account" })).toBe("sign-up");
  expect(judge([email, password, password], { button: "Continue" })).toBe("sign-up");
});

test("a form's own name weighs more than the buttons that lead to the other one", () => {
  const both = "Sign in with a provider | Create account";
  expect(judge([email, password], { button: both, marks: "sign-up-form" })).toBe("sign-up");
  expect(judge([email, password], { button: "Create account", marks: "login" })).toBe("login");
});

test("an application that begins with the address is no sign-in, wherever it is sent", () => {
  const sent = "/jobs/7/opening/login";
  expect(judge([email], { button: "Next", marks: `signInForm ${sent}` })).toBe("login");
  expect(judge([email], { button: "Next", marks: `enterEmailForm ${sent}` })).toBe("other");
});

test("an address alone is a newsletter where the words say so, an application otherwise", () => {
  expect(judge([email], { button: "Subscribe" })).toBe("newsletter");
  expect(judge([email], { button: "OK", marks: "nieuwsbrief" })).toBe("newsletter");
  expect(judge([email, name], { button: "Submit application" })).toBe("other");
});
