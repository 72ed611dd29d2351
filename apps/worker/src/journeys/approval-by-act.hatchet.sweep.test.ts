import { type HoldPoints, type TestValet, createHoldPoints, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { type OwnBrowser, clickOnDisplay, startOwnBrowser } from "./live-view.fixture.ts";
import { lookAtPage, pressOnce, pressesOf, waitAt } from "./press.fixture.ts";

let valet: TestValet;
let points: HoldPoints;
let ada: Applicant;
let own: OwnBrowser;
beforeAll(async () => {
  points = await createHoldPoints();
  valet = await startValet({
    env: { VALET_TEST_CHECKPOINT_URL: points.url, VALET_RECONCILE_MS: "1000" },
  });
  own = await startOwnBrowser(valet);
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await own?.close();
  await valet?.close();
  await points?.close();
});

/** A lost worker's work is given away after 30 s. */
const limitMs = 240_000;
const review = { state: "awaiting_review", field: /LinkedIn/u } as const;
const site = "greenhouse/acme/jobs";

async function replaceWorker(): Promise<void> {
  await valet.kill("worker-1");
  await valet.start("worker", { name: "worker-1" });
}

test("who solves a captcha and presses the button twice has sent it, and the run that waited finds out", async () => {
  const at = await waitAt({ valet, ada }, "plain/jobs/engineer-captcha-92", {
    state: "awaiting_human",
    field: /Type the letters/u,
  });
  const view = await own.takeControl(at.id);
  await clickOnDisplay(view, at.field);
  await view.keyboard.type(at.letters, { delay: 30 });
  await pressOnce(ada, view, at);
  await clickOnDisplay(view, at.submit);
  await view.getByText("You sent it.").waitFor();
  expect(await ada.untilEnd(at.id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-captcha-92")).toHaveLength(1);
  await view.close();
});

test("who presses once and hands back has sent nothing, and approves in the review as before", async () => {
  const at = await waitAt({ valet, ada }, "greenhouse/acme/jobs/engineer-193", {
    state: "awaiting_review",
    field: /LinkedIn/u,
  });
  const view = await own.takeControl(at.id);
  await pressOnce(ada, view, at);
  await view.getByRole("button", { name: "Hand back" }).click();
  await view.getByRole("button", { name: "Take control" }).waitFor();
  expect(await valet.submits("engineer-193")).toHaveLength(0);
  await ada.approve(at.id);
  expect(await ada.untilEnd(at.id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-193")).toHaveLength(1);
  await view.close();
});

test(
  "a worker that dies between the approval and the gate: the press is kept, read anew, and sent at the next",
  async () => {
    const job = "engineer-501";
    const at = await waitAt({ valet, ada }, `${site}/${job}`, review);
    const view = await own.takeControl(at.id);
    const approved = points.hold("act:approved");
    await clickOnDisplay(view, at.submit);
    await approved;
    await replaceWorker();
    await pressOnce(ada, view, at);
    expect(await valet.submits(job)).toHaveLength(0);
    await clickOnDisplay(view, at.submit);
    await view.getByText("You sent it.").waitFor();
    expect(await ada.untilEnd(at.id)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits(job)).toHaveLength(1);
    await view.close();
  },
  limitMs,
);

test(
  "a worker that dies once it has left: the run that waits is told all the same, and nothing is sent again",
  async () => {
    const job = "engineer-502";
    const at = await waitAt({ valet, ada }, `${site}/${job}`, review);
    const view = await own.takeControl(at.id);
    const left = points.hold("act:sent");
    await pressOnce(ada, view, at);
    await clickOnDisplay(view, at.submit);
    await left;
    await replaceWorker();
    expect(await ada.untilEnd(at.id, limitMs)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits(job)).toHaveLength(1);
    await view.close();
  },
  limitMs,
);

test(
  "a session host that dies after the first press: nothing was sent, and the review sends it once",
  async () => {
    const job = "engineer-503";
    const at = await waitAt({ valet, ada }, `${site}/${job}`, review);
    const view = await own.takeControl(at.id);
    await pressOnce(ada, view, at);
    await valet.kill("session-host");
    await valet.start("session-host");
    expect(await pressesOf(ada, at.id)).toHaveLength(1);
    expect(await valet.submits(job)).toHaveLength(0);
    await ada.approve(at.id);
    expect(await ada.untilEnd(at.id, limitMs)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits(job)).toHaveLength(1);
    await view.close();
  },
  limitMs,
);

test("who takes over at the click, presses once and hands back is asked in a review", async () => {
  const job = "engineer-504";
  const atClick = points.hold("dispatch:read-back");
  const { id } = await ada.apply(`${site}/${job}`, { mode: "autopilot" });
  const held = await atClick;
  const task = await ada.client.getTask(id);
  const at = { id, letters: "", ...(await lookAtPage(valet, task, review.field)) };
  const view = await own.takeControl(id);
  held.release();
  await ada.untilState(id, "awaiting_human");
  await pressOnce(ada, view, at);
  await view.getByRole("button", { name: "Hand back" }).click();
  await ada.approve(id);
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits(job)).toHaveLength(1);
  await view.close();
});
