import type { TaskDetail } from "@valet/contracts";
import { isEnded } from "@valet/domain";
import { type TestValet, isSweep, startValet, until } from "@valet/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { atThePage, solveCaptcha } from "./person-at-page.fixture.ts";

let valet: TestValet;
let ada: Applicant;
beforeAll(async () => {
  valet = await startValet();
  ada = await createApplicant(valet);
});
afterAll(() => valet?.close());

/** Until the application asks something that it has not asked before. */
function untilAsked(id: string, before?: TaskDetail): Promise<TaskDetail> {
  return until(
    "somebody is asked",
    async () => {
      const task = await ada.client.getTask(id);
      if (isEnded(task.state)) throw new Error(`It ended ${task.outcome}/${task.reason}.`);
      const isAsked = task.state === "awaiting_human" && task.humanStep !== null;
      return isAsked && task.humanStep?.id !== before?.humanStep?.id && task;
    },
    110_000,
  );
}

const referral = "internal referral programme";

describe.concurrent("an application that cannot go on by itself", () => {
  test("waits at a captcha, does not believe that it is solved, and goes on once it is", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-captcha-8");
    const asked = await untilAsked(id);
    expect(asked).toMatchObject({ state: "awaiting_human", humanStep: { kind: "captcha" } });
    await ada.client.captchaSolved(id);
    const again = await untilAsked(id, asked);
    expect(again.humanStep).toMatchObject({
      kind: "captcha",
      reason: expect.stringContaining("still there"),
      expiresAt: asked.humanStep?.expiresAt,
    });
    expect(await valet.submits("engineer-captcha-8")).toHaveLength(0);
    await atThePage(valet, again, solveCaptcha);
    await ada.client.captchaSolved(id);
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits("engineer-captcha-8")).toHaveLength(1);
    const needed = (await ada.events(id)).filter(({ type }) => type === "human_needed");
    expect(needed).toHaveLength(2);
    expect(needed[0]?.data).toMatchObject({ screenshot: expect.stringMatching(/\.jpg$/) });
  });

  test("asks what nobody has answered, sends the answer, and asks nothing that it was told before", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-unknown-question-8");
    const { humanStep } = await untilAsked(id);
    expect(humanStep).toMatchObject({
      kind: "question",
      questions: [{ question: expect.stringContaining(referral) }],
    });
    const [question] = humanStep?.questions ?? [];
    const fieldId = question?.fieldId ?? "";
    await expect(
      ada.client.answerQuestions(id, { answers: { other: "Yes" } }),
    ).rejects.toMatchObject({ code: "UNKNOWN_FIELD" });
    const answer = question?.options[0] ?? "Through a friend";
    await ada.client.answerQuestions(id, { answers: { [fieldId]: answer } });
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
    const [submit] = await valet.submits("engineer-unknown-question-8");
    expect(JSON.stringify(submit)).toContain(answer);
    const field = (await ada.client.getTask(id)).fields.find(({ label }) =>
      label.includes(referral),
    );
    expect(field).toMatchObject({ source: "person", value: answer });

    const told = await ada.apply("plain/jobs/engineer-unknown-question-11", {
      answers: [{ question: question?.question ?? "", answer }],
    });
    expect(await ada.untilEnd(told.id)).toMatchObject({ outcome: "confirmed" });
    const [withIt] = await valet.submits("engineer-unknown-question-11");
    expect(JSON.stringify(withIt)).toContain(answer);
    const asked = (await ada.events(told.id)).filter(({ type }) => type === "human_needed");
    expect(asked).toEqual([]);
  });

  test("has a person set what no rule can fill, and takes it as they left it", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-odd-8", { mode: "copilot" });
    const asked = await untilAsked(id);
    expect(asked.humanStep).toMatchObject({
      kind: "takeover",
      reason: expect.stringContaining("cannot fill"),
      questions: [{ question: "Notice period" }],
    });
    await ada.client.humanStepDone(id, asked.humanStep?.id ?? "");
    const again = await untilAsked(id, asked);
    expect(again.humanStep).toMatchObject({
      kind: "takeover",
      reason: expect.stringContaining("still shows nothing"),
    });
    await atThePage(valet, again, async (page) => {
      await page.locator(".odd").dispatchEvent("mousedown");
      await page.getByText("3 months", { exact: true }).dispatchEvent("mousedown");
    });
    await ada.client.humanStepDone(id, again.humanStep?.id ?? "");
    await ada.untilState(id, "awaiting_review");
    const { fields } = await ada.client.getTask(id);
    const shown = fields.find(({ label }) => label === "Notice period");
    expect(shown).toMatchObject({ value: "3 months", source: "person" });
    await ada.approve(id);
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
    const [submit] = await valet.submits("engineer-odd-8");
    expect(submit).toMatchObject({ fields: { notice_period: "3 months" } });
  });

  test.each([
    ["plain/jobs/engineer-captcha-9", { captcha: 5 }, "CAPTCHA_UNSOLVED"],
    ["plain/jobs/engineer-unknown-question-9", { question: 5 }, "QUESTION_UNANSWERED"],
  ])("%s ends unsent when nobody comes in time", async (job, waitLimits, reason) => {
    const { id } = await ada.apply(job, { waitLimits });
    const { humanStep } = await untilAsked(id);
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "not_submitted", reason });
    expect(await valet.submits(job.split("/").at(-1))).toHaveLength(0);
    await expect(ada.client.humanStepDone(id, humanStep?.id ?? "")).rejects.toMatchObject({
      code: expect.stringMatching(/NO_OPEN_STEP|INVALID_ANSWER/),
    });
  });

  test("is given up safely while it waits", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-captcha-10");
    await untilAsked(id);
    await ada.client.cancelTask(id);
    expect(await ada.untilEnd(id)).toMatchObject({ state: "cancelled", humanStep: null });
    expect(await valet.submits("engineer-captcha-10")).toHaveLength(0);
  });
});

test("what a person takes over is left to them, and goes on once it is handed back", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-12", { mode: "copilot" });
  await ada.untilState(id, "filling");
  await ada.client.takeOverTask(id, { mode: "control" });
  const asked = await untilAsked(id);
  expect(asked.humanStep).toMatchObject({ kind: "takeover" });
  await ada.client.releaseTask(id);
  await ada.approve(id);
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-12")).toHaveLength(1);
});

/** A lost worker's work is given away after 30 s. */
const recoveryMs = 180_000;

// The sample of crashes in `crash.hatchet.test.ts` is for every day.
test.runIf(isSweep)(
  "a person is waited for, whatever dies meanwhile",
  async () => {
    const { id } = await ada.apply("plain/jobs/engineer-captcha-11");
    const asked = await untilAsked(id);
    await valet.kill("worker-1");
    await valet.kill("api");
    await valet.start("api");
    await atThePage(valet, asked, solveCaptcha);
    // Said before anybody waits for it again.
    await ada.client.captchaSolved(id);
    await valet.start("worker", { name: "worker-1" });
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits("engineer-captcha-11")).toHaveLength(1);
  },
  recoveryMs,
);
