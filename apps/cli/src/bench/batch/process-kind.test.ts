import { expect, test } from "vitest";
import { kindNamed, kindOf, postgresKindOf } from "./process-kind.ts";

test.each([
  ["worker-12", "workers"],
  ["session-host", "session host"],
  ["teller", undefined],
] as const)("a process named %s is of %s", (name, kind) => {
  expect(kindNamed(name)).toBe(kind);
});

test.each([
  [["chromium", "chromium"], "Chromium"],
  [["Xvnc"], "displays"],
  [["Xtigervnc"], "displays"],
  [["node"], "session host"],
  [[], "session host"],
] as const)("what a session host starts as %j is of %s", (programs, kind) => {
  expect(kindOf("session host", programs)).toBe(kind);
});

test.each([
  ["postgres: valet hatchet 127.0.0.1(39180) idle", "Postgres for the engine"],
  ["postgres: valet valet 127.0.0.1(39180) SELECT", "Postgres"],
  ["postgres: checkpointer ", "Postgres"],
] as const)("%s is %s", (title, kind) => {
  expect(postgresKindOf(title)).toBe(kind);
});
