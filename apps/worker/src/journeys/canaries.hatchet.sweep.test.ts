import { type HoldPoints, createHoldPoints } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { killBrowsers } from "./browsers.fixture.ts";
import { type CanaryStage, openCanaryStage, searchEverywhere } from "./canary-runs.fixture.ts";
import { atThePage, solveCaptcha } from "./person-at-page.fixture.ts";

/** A lost worker's work is given away after 30 s. */
const limitMs = 300_000;
let points: HoldPoints;
let stage: CanaryStage;
let lastTask = "";

beforeAll(async () => {
  points = await createHoldPoints();
  stage = await openCanaryStage({ VALET_TEST_CHECKPOINT_URL: points.url });
});
afterAll(async () => {
  await stage?.close();
  await points?.close();
});

// In this order: what was done is what the last test looks through.
test.each([
  ["greenhouse/acme/jobs/engineer-invalid-821", "rejected", "SITE_REJECTED"],
  ["plain/jobs/engineer-closed-822", "not_submitted", "POSTING_CLOSED"],
  ["plain/jobs/engineer-already-applied-823", "already_applied", "ALREADY_APPLIED"],
  ["plain/jobs/engineer-soft-error-824", "unconfirmed", "NO_PROOF"],
  ["plain/jobs/engineer-silent-825", "unconfirmed", "NO_PROOF"],
  ["plain/jobs/engineer-hiccup-826", "confirmed", null],
  ["plain/jobs/engineer-827", "confirmed", null],
])(
  "autopilot with canaries at %s ends %s",
  async (job, outcome, reason) => {
    const { id } = await stage.ada.apply(job);
    expect(await stage.ada.untilEnd(id)).toMatchObject({ outcome, reason });
  },
  limitMs,
);

test(
  "a question that nobody answers in time",
  async () => {
    const { ada } = stage;
    const job = "plain/jobs/engineer-unknown-question-828";
    const { id } = await ada.apply(job, { waitLimits: { question: 5 } });
    expect(await ada.untilEnd(id)).toMatchObject({ reason: "QUESTION_UNANSWERED" });
  },
  limitMs,
);

test(
  "a captcha on a page full of canaries, and the cookie that the site gave",
  async () => {
    const { ada, valet, book, watch } = stage;
    const { id } = await ada.apply("plain/jobs/engineer-captcha-829");
    const asked = await ada.untilState(id, "awaiting_human");
    await atThePage(valet, asked, async (page) => {
      for (const { name, value } of await page.context().cookies()) {
        book.secret(`site's cookie ${name}`, value);
        watch.tell(value);
      }
      await solveCaptcha(page);
    });
    await ada.client.captchaSolved(id);
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  },
  limitMs,
);

test(
  "what a person in control types, and a correction that no form takes",
  async () => {
    const { ada, book } = stage;
    const { id } = await ada.apply("greenhouse/acme/jobs/engineer-830", { mode: "copilot" });
    const { fields } = await ada.untilState(id, "awaiting_review");
    // The choices of others are not known before they are opened.
    const choice = fields.find(({ options = [] }) => options.length > 0)?.id ?? "";
    const wrong = { [choice]: book.refused("a choice that there is not") };
    await expect(ada.approve(id, wrong)).rejects.toMatchObject({ code: "INVALID_ANSWER" });
    const { control, ticket } = await ada.client.takeOverTask(id, { mode: "control" });
    book.secret("ticket of control", ticket);
    const text = book.refused("typed text");
    await ada.client.typeText(id, { control: control ?? "", text });
    await ada.client.releaseTask(id);
    await ada.client.cancelTask(id);
    expect(await ada.untilEnd(id)).toMatchObject({ state: "cancelled" });
  },
  limitMs,
);

const deaths = {
  Chromium: () => killBrowsers(stage.valet),
  "the session host": async () => {
    await stage.valet.kill("session-host");
    await stage.valet.start("session-host");
  },
  "the worker": async () => {
    await stage.valet.kill("worker-1");
    await stage.valet.start("worker", { name: "worker-1" });
  },
};

test.each(Object.keys(deaths) as (keyof typeof deaths)[])(
  "%s dies in a step, with the values on the page",
  async (what) => {
    const { ada } = stage;
    const number = 831 + Object.keys(deaths).indexOf(what);
    const { id } = await ada.apply(`plain/jobs/engineer-${number}`);
    const held = await points.hold("fill-page:filled", id);
    await deaths[what]();
    held.release();
    expect(await ada.untilEnd(id, 180_000)).toMatchObject({ outcome: "confirmed" });
    lastTask = id;
  },
  limitMs,
);

test(
  "after all that no canary is in a log, the engine, Redis, a metric, a message or an error's body",
  async () => {
    const { leaks, unsaid, unkept, placesOfTask } = await searchEverywhere(stage, lastTask);
    expect({ leaks, unsaid, unkept }).toEqual({ leaks: [], unsaid: [], unkept: [] });
    expect(placesOfTask).toEqual(
      expect.arrayContaining([
        "log of session-host",
        "log of worker-1",
        "Redis",
        "own table public.outbox",
      ]),
    );
  },
  limitMs,
);
