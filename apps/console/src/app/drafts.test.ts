import { beforeEach, expect, test } from "vitest";
import { createDrafts, forgetDrafts, hasDrafts, keepDraftsOf } from "./drafts.ts";

const words = createDrafts<string>();
const others = createDrafts<number>();
beforeEach(forgetDrafts);

test("drafts of every kind are kept until they are forgotten, and whoever listens is told", () => {
  const told: (string | undefined)[] = [];
  const stop = words.onChange(() => told.push(words.read("a")?.typed));
  expect(hasDrafts()).toBe(false);
  words.write("a", { typed: "one", savedThen: "" });
  others.write("a", { typed: 1, savedThen: 0 });
  words.forget("b");
  words.forget("a");
  expect(hasDrafts()).toBe(true);
  words.write("a", { typed: "two", savedThen: "" });
  forgetDrafts();
  stop();
  words.write("a", { typed: "three", savedThen: "" });
  expect(told).toEqual(["one", undefined, "two", undefined]);
  expect(others.read("a")).toBeUndefined();
});

test("who signs in again finds their drafts, and nobody else does", () => {
  keepDraftsOf("ada");
  words.write("a", { typed: "one", savedThen: "" });
  keepDraftsOf("ada");
  expect(words.read("a")?.typed).toBe("one");
  keepDraftsOf("bob");
  expect(hasDrafts()).toBe(false);
});
