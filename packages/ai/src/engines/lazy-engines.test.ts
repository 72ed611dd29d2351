import { expect, test } from "vitest";
import { askInChild } from "./ask-in-child.fixture.ts";

const failed = { kind: "failed", why: "engine_failed" };
const planned = (variant: string, more: object = {}): string =>
  JSON.stringify({ reasoning: "Seen.", actions: [{ variant, ...more }] });

test("neither engine is loaded before one is opened, and then only that one", async () => {
  const { loaded, answers, logged } = await askInChild({
    engine: "stagehand",
    said: ["{}"],
    label: "City",
  });

  expect(loaded).toEqual([[], ["@browserbasehq/stagehand"]]);
  // Nobody is at the session's address.
  expect(answers).toEqual([failed]);
  expect(logged).toEqual(["no engine to ask"]);
});

test("an engine that is not installed is an outcome", async () => {
  const report = await askInChild({
    engine: "magnitude",
    missing: "magnitude-core",
    said: ["", ""],
    label: "City",
  });

  expect(report).toMatchObject({ answers: [failed, failed], logged: ["no engine to ask"] });
  expect(report.output).toBe("");
});

test("magnitude sends nothing anywhere, writes nothing and says nothing, whatever it is told", async () => {
  const report = await askInChild({
    engine: "magnitude",
    said: [
      planned("type", { x: 12, y: 34 }),
      planned("browser:nav", { url: "http://127.0.0.1:9/canary-5b1f" }),
      planned("click", { x: "canary-5b1f" }),
      JSON.stringify({ reasoning: "canary-5b1f", actions: [] }),
      "canary-5b1f is no plan",
    ],
    label: "canary-5b1f",
  });

  expect(report.loaded[1]).toEqual(["magnitude-core"]);
  expect(report.answers[0]).toEqual({
    kind: "answered",
    value: { do: "type", at: { x: 12, y: 34 } },
  });
  expect(report.answers.slice(1).map((answer) => JSON.stringify(answer))).toEqual(
    Array.from({ length: 4 }, () =>
      expect.stringMatching(/"nothing"|"malformed"|"engine_failed"/u),
    ),
  );
  expect(report.connections).toEqual([]);
  expect(report.files).toEqual([]);
  expect(report.output).toBe("");
});
