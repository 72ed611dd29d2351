import { expect, test } from "vitest";
import { spreadJourneys } from "./spread-journeys.ts";

const journey = (name: string) => `apps/worker/src/journeys/${name}.hatchet.test.ts`;
const [long, middle, short] = [journey("long"), journey("middle"), journey("short")];

test("journeys come one after the other beside the longest of the other files", () => {
  const seconds = { [long]: 60, [middle]: 50, [short]: 10, "a.test.ts": 40, "b.test.ts": 25 };
  const paths = ["c.test.ts", "b.test.ts", short, "a.test.ts", middle, long];
  expect(spreadJourneys(paths, { seconds, lanes: 2 })).toEqual([
    long,
    "a.test.ts",
    "b.test.ts",
    middle,
    "c.test.ts",
    short,
  ]);
});

test("whatever there is to run, every file comes once", () => {
  const paths = [...Array.from({ length: 40 }, (_, index) => `${index}.test.ts`), long, middle];
  for (const lanes of [1, 2, 3, 60]) {
    const order = spreadJourneys(paths, { seconds: { [long]: 9 }, lanes });
    expect(order.toSorted()).toEqual(paths.toSorted());
  }
  expect(spreadJourneys([], { seconds: {}, lanes: 3 })).toEqual([]);
});
