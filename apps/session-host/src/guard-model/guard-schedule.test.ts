import { everyCaseOr } from "@valet/testkit";
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
  scheduler,
} from "fast-check";
import { test } from "vitest";
import { type Drive, type Scenario, playSchedule } from "./guard-schedule.fixture.ts";

const rarely = oneof(
  { arbitrary: constant(true), weight: 3 },
  { arbitrary: constant(false), weight: 7 },
);

const drive: Arbitrary<Drive> = record({
  clicks: array(constantFrom("stores", "stores", "dies", "moves", "moves away"), {
    minLength: 1,
    maxLength: 3,
  }),
  armsTwice: rarely,
  disarm: constantFrom("told", "told", "told twice", "lost"),
  diesBefore: oneof({ arbitrary: constant(9), weight: 4 }, { arbitrary: nat(6), weight: 1 }),
  repeats: rarely,
});

const scenario: Arbitrary<Scenario> = record({
  drives: array(drive, { minLength: 1, maxLength: 3 }),
  strays: array(constantFrom("application", "elsewhere", "reading"), { maxLength: 4 }),
  decisions: array(constantFrom("heard", "heard", "heard", "lost", "failed"), { maxLength: 4 }),
  isClosed: rarely,
});

/** Fails with the seed and the path that play the same schedule again. */
test("in whatever order orders, decisions and requests arrive, the gate keeps its word", async () => {
  await assert(
    asyncProperty(scheduler(), scenario, async (schedule, played) => {
      const faultsOf = playSchedule((label) => schedule.schedule(Promise.resolve(), label), played);
      await schedule.waitIdle();
      const faults = faultsOf();
      if (faults.length > 0) throw new Error(faults.join("; "));
    }),
    { numRuns: everyCaseOr(10_000, 500) },
  );
});
