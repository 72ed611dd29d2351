import {
  type HoldPoints,
  type TestValet,
  createHoldPoints,
  startValet,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

let points: HoldPoints;
let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({ workers: 2, env: { VALET_TEST_CHECKPOINT_URL: points.url } });
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await valet?.close();
  await points?.close();
});

test("eight jobs with three in disguise are five applications, each sent once, although a worker dies in the middle of the wave", async () => {
  const jobs = Array.from({ length: 5 }, (_, index) => `engineer-${401 + index}`);
  const addressOf = (job: string) => `${valet.practiceUrl}/plain/jobs/${job}`;
  const disguised = [
    `${addressOf("engineer-401")}?utm_source=mail`,
    `${addressOf("engineer-403")}/`,
    `${addressOf("engineer-405")}#apply`,
  ];
  const dying = points.hold("start-wave:after-next");
  const batch = await ada.client.createBatch({
    jobUrls: [...jobs.map(addressOf), ...disguised],
    resumeId: ada.resumeId,
    mode: "autopilot",
    start: "now",
  });
  expect(batch.jobs.slice(5).map(({ state, duplicateOf }) => [state, duplicateOf])).toEqual([
    ["duplicate", 1],
    ["duplicate", 3],
    ["duplicate", 5],
  ]);
  const { pid } = await dying;
  const dead = ["worker-1", "worker-2"].find((name) => valet.process(name).pid === pid) ?? "";
  await valet.kill(dead);
  await valet.start("worker", { name: dead });
  const done = await until(
    "the batch is done",
    async () => {
      const now = await ada.client.getBatch(batch.id);
      return now.state === "done" && now;
    },
    240_000,
  );
  expect(done.counts).toMatchObject({
    byState: { started: 5, duplicate: 3 },
    tasks: { completed: 5 },
    outcomes: { confirmed: 5 },
  });
  expect((await valet.submits()).map(({ job }) => job).toSorted()).toEqual(jobs.toSorted());
}, 270_000);
