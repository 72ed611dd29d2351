import { type TestValet, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  valet = await startValet({ workers: 2 });
  ada = await createApplicant(valet);
});
afterAll(() => valet?.close());

const atOnce = 10;

test(`${atOnce} applications started at once on two workers all arrive, each once`, async () => {
  const jobs = Array.from({ length: atOnce }, (_, index) => `engineer-${300 + index}`);
  const tasks = await Promise.all(jobs.map((job) => ada.apply(`plain/jobs/${job}`)));
  const ends = await Promise.all(tasks.map(({ id }) => ada.untilEnd(id, 170_000)));
  expect(ends.map(({ outcome }) => outcome)).toEqual(jobs.map(() => "confirmed"));
  const arrived = (await valet.submits()).map(({ job }) => job);
  expect(arrived.toSorted()).toEqual(jobs.toSorted());
}, 180_000);
