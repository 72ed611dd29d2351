import { expect, test } from "vitest";
import { agoWords, clockWords, leftWords, tookWords } from "./time-words.ts";

const now = Date.parse("2026-11-23T12:00:00.000Z");
const shifted = (ms: number) => new Date(now + ms).toISOString();

test("times are told in the unit that matters", () => {
  expect([-5e3, -240e3, -3 * 36e5, -49 * 36e5].map((ms) => agoWords(shifted(ms), now))).toEqual([
    "now",
    "4 min",
    "3 h",
    "2 d",
  ]);
  expect([86_399e3, 250e3, 9.9e3, -5e3].map((ms) => leftWords(shifted(ms), now))).toEqual([
    "23 h 59 min",
    "4 min 10 s",
    "9 s",
    "0 s",
  ]);
  expect([0, 120.4, 4_500, 42_400, 125e3, 3_720e3].map(tookWords)).toEqual([
    "0 ms",
    "120 ms",
    "4.5 s",
    "42 s",
    "2 min 5 s",
    "1 h 2 min",
  ]);
  expect(clockWords(shifted(-72 * 36e5), now)).toContain("2026");
});
