import { expect, test } from "vitest";
import { startTimeOf } from "./start-time.ts";

test.each([
  [{}, {}],
  [{ runAt: "2026-12-01T08:00:00+01:00" }, { runAt: "2026-12-01T08:00:00+01:00" }],
  [{ window: "09:00-17:30" }, { window: { from: "09:00", to: "17:30" } }],
  [{ window: " 22:00 - 06:00 " }, { window: { from: "22:00", to: "06:00" } }],
  [
    { window: "Mon,fri 09:00-17:30" },
    { window: { from: "09:00", to: "17:30", days: ["mon", "fri"] } },
  ],
])("%j is meant as %j", (typed, meant) => {
  expect(startTimeOf(typed)).toEqual(meant);
});

test.each([
  [{ window: "9-17" }],
  [{ window: "25:00-26:00" }],
  [{ window: "09:00-09:00" }],
  [{ window: "someday 09:00-17:00" }],
  [{ window: "" }],
  [{ runAt: "2026-12-01T08:00:00Z", window: "09:00-17:30" }],
])("%j is refused before anything is sent", (typed) => {
  expect(() => startTimeOf(typed)).toThrow(/Nothing was started/);
});
