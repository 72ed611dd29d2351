import { expect, test } from "vitest";
import { apiReport } from "./measure-api.ts";

const fanOut = (delay: number, lost = 0) => ({
  delays: Array.from({ length: 100 - lost }, () => delay),
  expected: 100,
});
const accepting = (p99: number, failed = 0) => ({ p50: 1, p99, answered: 10, failed });
const good = {
  bare: fanOut(20),
  live: fanOut(40),
  polled: fanOut(1_000),
  accepted: accepting(12),
  bareInserts: [accepting(5), accepting(4)],
  runs: { tasks: 12, withoutExactlyOne: 0, withoutAny: 0 },
};
const missed = (samples: Parameters<typeof apiReport>[0]) =>
  apiReport(samples).rows.flatMap(({ what, holds }) => (holds ? [] : [what]));

test("the report holds while every floor is reached", () => {
  expect(missed(good)).toEqual([]);
});

test("each floor that is missed is named", () => {
  expect(missed({ ...good, live: fanOut(51) })).toEqual(["commit → client p99 / bare"]);
  expect(missed({ ...good, live: fanOut(40, 1) })).toEqual(["events missing"]);
  expect(missed({ ...good, polled: fanOut(1_501) })).toEqual(["without Redis p99"]);
  expect(missed({ ...good, polled: fanOut(1_000, 2) })).toEqual(["events missing without Redis"]);
  expect(missed({ ...good, accepted: accepting(16) })).toEqual(["POST /tasks p99 / bare"]);
  expect(missed({ ...good, accepted: accepting(12, 1) })).toEqual(["POST /tasks failed"]);
  const runs = { tasks: 12, withoutExactlyOne: 1, withoutAny: 0 };
  expect(missed({ ...good, runs })).toEqual(["tasks without exactly one run"]);
});
