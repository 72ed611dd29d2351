import type { FormField, PlannedField } from "@valet/contracts";
import type { FormPage } from "@valet/forms";
import { expect, test } from "vitest";
import { withoutAbsentChoices } from "./ask-questions.ts";

const list = (id: string, required: boolean): FormField => ({
  id,
  frame: "",
  selector: `#${id}`,
  label: `Which office is nearest to you? (${id})`,
  kind: "combobox",
  meaning: "question",
  confidence: 0.6,
  required,
  options: [],
  visible: true,
  policy: "ask",
  why: "it asks something only the person knows",
});

const planned = (id: string): PlannedField => ({
  id,
  action: "fill",
  value: "Denver",
  source: "savedAnswer",
  confidence: 0.9,
  why: "a saved answer",
});

const form: FormPage = {
  url: "http://localhost/",
  title: "",
  target: null,
  signature: "s",
  fields: [list("needed", true), list("optional", false), list("taken", true)],
  buttons: {},
  alerts: 0,
};

test("a stored fact that no list offers is asked where it is required, else left alone", () => {
  const plan = ["needed", "optional", "taken"].map(planned);
  const absent = { ok: false, attempts: 1, problem: "no_such_option" } as const;
  const report = {
    fields: [
      { id: "needed", ...absent },
      { id: "optional", ...absent },
      { id: "taken", ok: true, attempts: 1 },
    ],
  };
  expect(withoutAbsentChoices({ form, plan }, report)).toMatchObject([
    { id: "needed", action: "ask", value: null, source: null },
    { id: "optional", action: "skip", value: null, source: null },
    { id: "taken", action: "fill", value: "Denver" },
  ]);
});

test("a plan that was met stays as it is", () => {
  const plan = [planned("taken")];
  const report = { fields: [{ id: "taken", ok: true, attempts: 1 }] };
  expect(withoutAbsentChoices({ form, plan }, report)).toBe(plan);
});
