import { expect, test } from "vitest";
import {
  expectedCount,
  isRepeatedInside,
  isRepeatedUnprotected,
  nameOf,
  submitAll,
  wireCells,
} from "./wire-browser.fixture.ts";

const limit = { timeout: 1_200_000 };

test("whatever a site does with a submission, it gets it once", limit, async () => {
  const cells = wireCells.filter((cell) => !isRepeatedInside(cell));
  const counts = await submitAll(true, cells);
  expect(counts.size).toBe(180);
  for (const cell of cells) {
    expect(counts.get(nameOf(cell)), nameOf(cell)).toMatchObject(expectedCount(cell));
  }
});

test(
  "a site that says over HTTP/2 that it took nothing is sent it again on the same tunnel",
  limit,
  async () => {
    const cells = wireCells.filter(isRepeatedInside);
    const counts = await submitAll(true, cells);
    for (const cell of cells) {
      const stored = cell.ending === "421" ? 2 : 3;
      expect(counts.get(nameOf(cell)), nameOf(cell)).toMatchObject({ stored });
    }
  },
);

test("without proxy and gate Chromium sends a POST twice or more", limit, async () => {
  const cells = wireCells.filter(isRepeatedUnprotected);
  const counts = await submitAll(false, cells);
  for (const cell of cells) {
    expect(counts.get(nameOf(cell))?.stored, nameOf(cell)).toBeGreaterThanOrEqual(2);
  }
});
