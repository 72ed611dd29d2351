import { createValetClient } from "@valet/client";
import { type TestValet, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  valet = await startValet();
  ada = await createApplicant(valet);
});
afterAll(() => valet?.close());

test("a job that is not there ends not submitted", async () => {
  const { id } = await ada.apply("plain/jobs/missing");
  expect(await ada.untilEnd(id)).toMatchObject({
    state: "failed",
    outcome: "not_submitted",
    reason: "PAGE_NOT_FOUND",
  });
});

test("a site that answers late is still found confirmed", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-slow-3");
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-slow-3")).toHaveLength(1);
});

test("a rehearsal presses the button too, and shows all it would have sent", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-9", { rehearsal: true });
  const task = await ada.untilEnd(id);
  expect(task).toMatchObject({
    state: "completed",
    outcome: "not_submitted",
    reason: "REHEARSAL",
    message: expect.stringMatching(/would have sent \d+ values/u),
  });
  expect(await valet.submits("engineer-9")).toHaveLength(0);
  const receipt: unknown = JSON.parse(await ada.client.getReceipt(id));
  expect(receipt).toMatchObject({
    submission: { sentAt: null, approvalId: null },
    rehearsal: {
      request: { method: "POST", url: expect.stringContaining("engineer-9") },
      notCarried: [],
    },
  });
});

test("an approval of something else than what is shown approves nothing", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-11", { mode: "copilot" });
  await ada.untilState(id, "awaiting_review");
  await expect(ada.client.approveTask(id, { digest: "v1:0000" })).rejects.toMatchObject({
    code: "STALE_REVIEW",
  });
  await expect(ada.client.approveTask(id, {})).rejects.toMatchObject({ code: "DIGEST_REQUIRED" });
  await ada.client.cancelTask(id);
  expect(await ada.untilEnd(id)).toMatchObject({
    state: "cancelled",
    outcome: "not_submitted",
    reason: "CANCELLED",
  });
  expect(await valet.submits("engineer-11")).toHaveLength(0);
});

test("somebody else's application looks like one that does not exist", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-12", { mode: "copilot" });
  await ada.untilState(id, "awaiting_review");
  const { apiKey } = await ada.client.createUser({ name: "grace", role: "user" });
  const grace = createValetClient({ url: valet.apiUrl, apiKey });
  const foreign = await grace
    .approveTask(id, { digest: "v1:0000" })
    .catch((error: unknown) => error);
  const unknown = await grace
    .approveTask("00000000-0000-4000-8000-000000000000", { digest: "v1:0000" })
    .catch((error: unknown) => error);
  expect(foreign).toMatchObject({ code: "NOT_FOUND" });
  expect(foreign).toEqual(unknown);
  await ada.client.cancelTask(id);
});
