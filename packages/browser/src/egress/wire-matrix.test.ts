import { expect, test } from "vitest";
import { type WireCell, expectedCount, nameOf, submitAll } from "./wire-browser.fixture.ts";

/** Each ending, each way and each protocol; `wire-matrix.sweep.test.ts` has them all. */
const sample: readonly WireCell[] = [
  { protocol: "http", ending: "FIN", way: "form" },
  { protocol: "http", ending: "408", way: "fetch" },
  { protocol: "http", ending: "307", way: "xhr" },
  { protocol: "https", ending: "RST", way: "popup" },
  { protocol: "https", ending: "421", way: "frame" },
  { protocol: "https", ending: "half read", way: "beacon" },
  { protocol: "https", ending: "308", way: "form" },
  { protocol: "h2", ending: "FIN", way: "form" },
  { protocol: "h2", ending: "GOAWAY", way: "fetch" },
  { protocol: "h2", ending: "head, then closed", way: "xhr" },
  { protocol: "h2", ending: "503", way: "popup" },
];

test("a submission reaches its site once, whatever the site does with it", async () => {
  const counts = await submitAll(true, sample);
  for (const cell of sample) {
    expect(counts.get(nameOf(cell)), nameOf(cell)).toMatchObject(expectedCount(cell));
  }
});

test("without proxy and gate Chromium sends it twice or more", async () => {
  const cells = sample.filter(({ ending }) => ["FIN", "RST", "408", "421"].includes(ending));
  const counts = await submitAll(false, cells);
  for (const cell of cells) {
    expect(counts.get(nameOf(cell))?.stored, nameOf(cell)).toBeGreaterThanOrEqual(2);
  }
});
