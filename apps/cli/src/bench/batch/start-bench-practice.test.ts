import { expect, test } from "vitest";
import { eachOnce } from "./start-bench-practice.ts";

const line = (job: string, more: object = {}) =>
  JSON.stringify({
    kind: "application",
    stored: true,
    job,
    fields: { last_name: "Example", first_name: "Ada" },
    file: { name: "cv.pdf", sha256: "ab" },
    ...more,
  });

test("applications that came once each and say the same are one content", () => {
  const other = line("b", { fields: { first_name: "Ada", last_name: "Example" } });
  const step = line("a", { kind: "step" });
  const refused = line("a", { stored: false });
  const ledger = [line("a"), step, refused, other, ""].join("\n");
  expect(eachOnce(ledger, ["b", "a"])).toBe(
    '[[["first_name","Ada"],["last_name","Example"]],"ab"]',
  );
});

test.each([
  ["one that did not come", [line("a")]],
  ["one that came twice", [line("a"), line("b"), line("b")]],
  ["one nobody asked for", [line("a"), line("b"), line("c")]],
])("%s is an error", (_what, lines) => {
  expect(() => eachOnce(lines.join("\n"), ["a", "b"])).toThrow(/exactly once/);
});

test.each([
  ["another value", { fields: { first_name: "Eve", last_name: "Example" } }],
  ["another file", { file: { name: "cv.pdf", sha256: "cd" } }],
])("%s in one of them is an error", (_what, more) => {
  expect(() => eachOnce([line("a"), line("b", more)].join("\n"), ["a", "b"])).toThrow(/the same/);
});
