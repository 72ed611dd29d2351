import { expect, test } from "vitest";
import { planRun } from "./plan-run.mjs";

test("verbs that run everything need Chromium, Redis and the engine", () => {
  for (const verb of ["up", "demo", "bench"]) {
    expect(planRun([verb, "--json"], {})).toEqual({
      program: "valet",
      args: [verb, "--json"],
      system: ["chromium", "display", "redis"],
      engine: true,
      console: true,
    });
  }
});

test("what a variable names is not installed or built", () => {
  const env = { REDIS_URL: "redis://cache.example", HATCHET_CLIENT_TOKEN: "given" };
  expect(planRun(["up"], env)).toMatchObject({ system: ["chromium", "display"], engine: false });
  const headless = { VALET_DISPLAY: "headless" };
  expect(planRun(["up"], headless)).toMatchObject({ system: ["chromium", "redis"] });
});

test("verbs that talk to a running Valet, doctor and help need nothing", () => {
  for (const argv of [["tasks"], ["doctor"], ["approve", "up"], [], ["up", "--help"]]) {
    expect(planRun(argv, {})).toMatchObject({
      args: argv,
      system: [],
      engine: false,
      console: false,
    });
  }
});

test("tests bring their own services whatever the variables say", () => {
  const env = { REDIS_URL: "redis://cache.example", HATCHET_CLIENT_TOKEN: "given" };
  expect(planRun(["--run", "test", "packages/db"], env)).toEqual({
    program: "test",
    args: ["packages/db"],
    system: ["chromium", "display", "redis"],
    engine: true,
    console: true,
  });
  expect(planRun(["--run", "check"], {})).toMatchObject({ program: "check", system: [] });
});
