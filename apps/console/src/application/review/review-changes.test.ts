import type { ShownField } from "@valet/contracts";
import { expect, test } from "vitest";
import { differences, isInGroup, sameValue, stillMeant, withChange } from "./review-changes.ts";

const field = (
  id: string,
  value: ShownField["value"],
  rest: Partial<ShownField> = {},
): ShownField => ({
  id,
  label: id,
  kind: "text",
  meaning: "unknown",
  required: false,
  visible: true,
  value,
  source: "profile",
  confidence: 1,
  why: null,
  ...rest,
});

test("a change back to what the page holds is none", () => {
  const phone = field("phone", "1");
  const changed = withChange({ other: "x" }, phone, "2");
  expect(changed).toEqual({ other: "x", phone: "2" });
  expect(withChange(changed, phone, "1")).toEqual({ other: "x" });
  expect(withChange({}, field("empty", null), "")).toEqual({});
  expect(withChange({}, field("tick", false), true)).toEqual({ tick: true });
  expect(withChange({}, field("list", ["a", "b"]), ["b", "a"])).toEqual({});
});

test("values are the same by what they say", () => {
  expect(sameValue(null, [])).toBe(true);
  expect(sameValue(["a"], ["a", "b"])).toBe(false);
  expect(sameValue(false, null)).toBe(false);
});

test("of a form that is another one now, changes that mean nothing are dropped and differences are told", () => {
  const seen = [field("a", "1"), field("b", "2")];
  const now = [field("a", "1"), field("b", "3"), field("c", null)];
  expect(stillMeant({ a: "9", b: "3", gone: "x" }, now)).toEqual({ a: "9" });
  expect(differences(seen, now)).toEqual([
    { field: now[1], before: "2" },
    { field: now[2], before: undefined },
  ]);
  expect(differences(seen, seen)).toEqual([]);
});

test("a file stands for a value, and what is unsure is filled", () => {
  const file = field("cv", null, { kind: "file", file: { name: "cv.pdf", sha256: "0" } });
  const guess = field("guess", "x", { confidence: 0.6 });
  const empty = field("empty", "", { confidence: 0.2 });
  const groups = (one: ShownField) =>
    (["filled", "empty", "unsure", "changed"] as const).filter((group) =>
      isInGroup(one, group, { guess: "y" }),
    );
  expect([file, guess, empty].map(groups)).toEqual([
    ["filled"],
    ["filled", "unsure", "changed"],
    ["empty"],
  ]);
});
