import { expect, test } from "vitest";
import { consoleReport } from "./measure-console.ts";

const good = {
  applications: 5_000,
  firstLoadKb: 190,
  interactions: [16, 24, 40],
  ofCore: 0.2,
  perSecond: 50,
  notShown: 0,
};
const missed = (samples: Parameters<typeof consoleReport>[0]) =>
  consoleReport(samples).rows.flatMap(({ what, holds }) => (holds ? [] : [what]));

test("the report holds while every floor is reached, and names each that is missed", () => {
  expect(missed(good)).toEqual([]);
  expect(missed({ ...good, firstLoadKb: 251 })).toEqual(["first load, packed"]);
  expect(missed({ ...good, interactions: [16, 104] })).toEqual([
    "5000 applications: input → painted, longest",
  ]);
  expect(missed({ ...good, ofCore: 0.31 })).toEqual([
    "5000 applications, live: processor of the page, of one core",
  ]);
  expect(missed({ ...good, notShown: 1 })).toEqual(["the last one is not shown after 10 s"]);
});
