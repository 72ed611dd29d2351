import { describe, expect, test } from "vitest";
import { exampleField } from "../test/example-profile.ts";
import { fitGiven, planValues } from "./plan-values.ts";

describe("values by label", () => {
  const name = exampleField({ label: "Full name" });
  const courses = exampleField({
    label: "Select courses",
    kind: "checkbox-group",
    options: ["CS101 - Programming", "CS102 - Data"],
  });
  const party = exampleField({ label: "Party name (individual or company)" });

  test("go to the field that asks, whatever marks its label carries", () => {
    const { plan, unmatched } = planValues({
      fields: [name, courses, party],
      values: {
        "Full Name *": "Ada Example",
        "Selected Courses": ["CS102 - Data"],
        "Party Name": "Example Ltd",
        "Scope of Work": "none of this form",
      },
    });
    expect(plan.map(({ id, value }) => [id, value])).toEqual([
      ["Full name", "Ada Example"],
      ["Select courses", ["CS102 - Data"]],
      ["Party name (individual or company)", "Example Ltd"],
    ]);
    expect(unmatched).toEqual(["Scope of Work"]);
  });

  test("never go to a field that must stay empty", () => {
    const trap = { ...name, policy: "never" as const };
    expect(planValues({ fields: [trap], values: { "Full name": "Ada" } }).plan).toEqual([]);
  });

  test("that no option says are reported, not bent", () => {
    const semester = exampleField({ label: "Semester", kind: "select", options: ["Fall 2024"] });
    const planned = planValues({ fields: [semester], values: { Semester: "Fall 2025" } });
    expect(planned).toMatchObject({ plan: [], unsuitable: ["Semester"] });
  });
});

describe("a given value takes the form of its control", () => {
  test.each([
    ["date", "1985/08/15", "1985-08-15"],
    ["date", "15 August 1985", "1985-08-15"],
    ["date", "03/04/2024", undefined],
    ["number", "$12,500", "12500"],
    ["checkbox", "Yes", true],
    ["checkbox", "perhaps", undefined],
  ] as const)("%s: %s", (kind, given, fitted) => {
    expect(fitGiven(exampleField({ label: "It", kind }), given)).toBe(fitted);
  });

  test("a moment picks the span of time that holds it", () => {
    const options = ["Morning (9:00 AM - 12:00 PM)", "Evening (6:00 PM - 9:00 PM)"];
    const field = exampleField({ label: "Time", kind: "select", options });
    expect(fitGiven(field, "7PM")).toBe(options[1]);
    expect(fitGiven(field, "morning")).toBe(options[0]);
    expect(fitGiven(field, "3PM")).toBeUndefined();
  });
});
