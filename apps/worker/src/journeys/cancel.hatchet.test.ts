import type { Profile } from "@valet/contracts";
import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  everyCaseOr,
  isSweep,
  startValet,
} from "@valet/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Applicant, createApplicant, facts } from "./applicant.fixture.ts";
import {
  type CancelCase,
  type CancelRow,
  cancelOne,
  cancelTable,
  percentile,
  sentCases,
  stepCases,
  waitCases,
} from "./cancelled-applications.fixture.ts";

/** Vendors' forms look the place up in a list of theirs. */
const inDenver: Profile = {
  ...facts,
  basics: {
    ...facts.basics,
    location: { city: "Denver", region: "Colorado", countryCode: "US" },
  },
};

let points: HoldPoints;
let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({ env: { VALET_TEST_CHECKPOINT_URL: points.url } });
  ada = await createApplicant(valet, { profile: inDenver });
});
afterAll(async () => {
  process.stdout.write(`${cancelTable(rows)}\n`);
  await valet?.close();
  await points?.close();
});

/** A child at work, one that is armed, a wait, and one before there is a form. */
const sample = ["fill-page:filled", "dispatch:armed", "review", "consent"];
const before = [...stepCases, ...waitCases];
const repeats = everyCaseOr(20, 1);
const limitMs = 20 * 60_000;
const rows: CancelRow[] = [];

async function anotherPerson(name: string): Promise<Applicant> {
  const { apiKey } = await ada.client.createUser({ name: name.replaceAll(/\W+/gu, "-") });
  return createApplicant(valet, { profile: inDenver, apiKey });
}

async function cancelAt(tried: CancelCase): Promise<CancelRow[]> {
  const done: CancelRow[] = [];
  // Each case has a day of its own: autopilot sends only so many a day without a look.
  const person = isSweep ? await anotherPerson(tried.name) : ada;
  // One at a time: browsers that start beside it would be what is measured.
  while (done.length < repeats) done.push(await cancelOne({ valet, ada: person, points }, tried));
  rows.push(...done);
  return done;
}

// In a sweep one after the other, so that nobody is stopped at the point of somebody else.
describe("an application that its person cancels", { concurrent: !isSweep }, () => {
  test.each(
    everyCaseOr(
      before,
      before.filter(({ name }) => sample.includes(name)),
    ),
  )(
    "at $name ends unsent and gives its browser back, however often it is said",
    async (tried) => {
      for (const row of await cancelAt(tried)) expect(row).toMatchObject(cancelled);
    },
    limitMs,
  );

  test.each(everyCaseOr(sentCases, sentCases.slice(0, 1)))(
    "at $name was sent: that stays what it is, and its outcome is still determined",
    async (tried) => {
      for (const row of await cancelAt(tried)) expect(row).toMatchObject(tooLate);
    },
    limitMs,
  );
});

test.runIf(isSweep)("step code stops within 1 s and the browser is released within 5 s", () => {
  const ofCancelled = rows.filter(({ sent }) => sent === 0);
  const stopped = ofCancelled.map(({ stoppedMs }) => stoppedMs);
  const released = ofCancelled.map(({ releasedMs }) => releasedMs);
  expect(ofCancelled.length).toBeGreaterThan(0);
  expect(percentile(stopped, 95)).toBeLessThanOrEqual(1_000);
  expect(percentile(released, 95)).toBeLessThanOrEqual(5_000);
});

const cancelled = {
  answer: { state: "cancelled", outcome: "not_submitted" },
  isSameTwice: true,
  end: "not_submitted/CANCELLED",
  sent: 0,
  attempts: 0,
};
const tooLate = {
  answer: { refused: "ALREADY_SUBMITTED" },
  isSameTwice: true,
  end: "confirmed/null",
  sent: 1,
};
