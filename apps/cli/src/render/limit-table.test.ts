import pc from "picocolors";
import { expect, test } from "vitest";
import { limitTable } from "./limit-table.ts";

test("what a person is kept to and has of it is shown, and that a larger wish has no effect", () => {
  const text = limitTable({
    colors: pc.createColors(false),
    limits: {
      everybody: { user: { live: 3 }, hosts: { "jobs.test": { live: 1 } } },
      saidByAdmin: {},
      own: { live: 9, perDay: 40 },
      effective: { live: 3, perMinute: 5, perDay: 40 },
      timeZone: "Europe/Oslo",
      coolDowns: [{ host: "slow.test", until: "2026-11-21T10:00:00.000Z", strikes: 2 }],
      usage: { live: 1, lastMinute: 0, today: 7 },
    },
  });
  expect(text).toMatch(/open at a time +3 +1 +your own 9 has no effect: everybody has 3/);
  expect(text).toMatch(/a day \(Europe\/Oslo\) +40 +7 +your own/);
  expect(text).toMatch(/hosts\.jobs\.test\.live +1/);
  expect(text).toContain("slow.test turned somebody away");
});
