import type { TaskDetail } from "@valet/contracts";
import { everyCaseOr, searchForCanaries } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CanaryStage,
  applyWithCode,
  approveCorrected,
  bringToReview,
  makeSecrets,
  openCanaryStage,
  searchEverywhere,
} from "./canary-runs.fixture.ts";
import {
  type FailureStage,
  force,
  forceSocket,
  forcedFailures,
} from "./forced-failures.fixture.ts";

const limitMs = 300_000;
let stage: CanaryStage;
let review: TaskDetail;
let endedKey: string;

beforeAll(async () => {
  stage = await openCanaryStage();
});
afterAll(() => stage?.close());

function failureStage(): FailureStage {
  const { valet, ada, book, watch } = stage;
  const digest = review.humanStep?.digest ?? "";
  return { valet, ada, book, watch, taskId: review.id, digest, endedKey };
}

// In this order: what was done is what the last test looks through.
test(
  "a person made of canaries applies with a review, keys, tickets and a cookie",
  async () => {
    endedKey = await makeSecrets(stage);
    review = await bringToReview(stage, "greenhouse/acme/jobs/engineer-unknown-question-801");
    expect(review).toMatchObject({ state: "awaiting_review" });
  },
  limitMs,
);

test.each(everyCaseOr([applyWithCode], []))(
  "the same person at a site that mails a code",
  async (apply) => {
    expect(await apply(stage)).toMatchObject({ outcome: "confirmed" });
  },
  limitMs,
);

test("requests that are refused, each with canaries in it", async () => {
  const refused: [string, string][] = [];
  for (const failure of forcedFailures) {
    refused.push([failure.name, await force(failureStage(), failure)]);
  }
  expect(refused).toEqual(forcedFailures.map(({ name, code }) => [name, code]));
  for (const path of ["/ws", "/live"] as const) {
    const { status, text } = await forceSocket(failureStage(), path);
    expect([path, status]).toEqual([path, 401]);
    expect(searchForCanaries(stage.book.all()).find(text)).toEqual([]);
  }
});

test(
  "no canary is in a log, the engine, Redis, a metric, a message or an error's body",
  async () => {
    const { book, watch } = stage;
    expect(await approveCorrected(stage, review)).toMatchObject({ outcome: "confirmed" });
    expect(Object.keys(book.all()).length).toBeGreaterThanOrEqual(40);
    expect(watch.refusals().length).toBeGreaterThanOrEqual(20);

    const { leaks, unsaid, unkept, placesOfTask } = await searchEverywhere(stage, review.id);
    expect(leaks).toEqual([]);
    // The same search finds each of them where it belongs, and has looked where the application went.
    expect({ unsaid, unkept }).toEqual({ unsaid: [], unkept: [] });
    expect(placesOfTask).toEqual(
      expect.arrayContaining([
        "log of session-host",
        "log of worker-1",
        "Redis",
        "own table public.outbox",
      ]),
    );
    // The API's lines name no application.
    expect((await stage.valet.output()).get("api")).toContain("request refused");
    const ofEngine = placesOfTask.filter((place) => place.startsWith("engine table"));
    expect(ofEngine.length).toBeGreaterThan(3);
  },
  limitMs,
);
