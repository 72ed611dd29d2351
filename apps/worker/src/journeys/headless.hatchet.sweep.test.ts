import { type TestValet, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

let valet: TestValet;
let ada: Applicant;
beforeAll(async () => {
  valet = await startValet({ env: { VALET_DISPLAY: "headless" } });
  ada = await createApplicant(valet);
});
afterAll(() => valet?.close());

test("where nobody can see the browser a captcha ends the application at once, and says what to do", async () => {
  const job = "engineer-captcha-401";
  const { id, jobUrl } = await ada.apply(`plain/jobs/${job}`);
  const end = await ada.untilEnd(id);
  expect(end).toMatchObject({ outcome: "not_submitted", reason: "CAPTCHA_UNSOLVED" });
  expect(end.message).toContain(`Apply by hand at ${jobUrl}`);
  expect(await valet.submits(job)).toHaveLength(0);
  await expect(ada.client.takeOverTask(id, { mode: "view" })).rejects.toMatchObject({
    code: "SESSION_LOST",
  });
});

test("and a review, which needs no display, works as everywhere", async () => {
  const { id } = await ada.apply("greenhouse/acme/jobs/engineer-402", { mode: "copilot" });
  await ada.untilState(id, "awaiting_review");
  await expect(ada.client.takeOverTask(id, { mode: "control" })).rejects.toMatchObject({
    code: "DISPLAY_MISSING",
  });
  await ada.approve(id);
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-402")).toHaveLength(1);
});
