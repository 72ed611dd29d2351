import { type TestValet, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { type OwnBrowser, clickOnDisplay, startOwnBrowser } from "./live-view.fixture.ts";
import { pressOnce, pressesOf, waitAt } from "./press.fixture.ts";

let valet: TestValet;
let ada: Applicant;
let own: OwnBrowser;
beforeAll(async () => {
  valet = await startValet();
  own = await startOwnBrowser(valet);
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await own?.close();
  await valet?.close();
});

test("who presses the button in a review sees what it sends; what they change since has to be pressed anew", async () => {
  const job = "engineer-191";
  const at = await waitAt({ valet, ada }, `greenhouse/acme/jobs/${job}`, {
    state: "awaiting_review",
    field: /LinkedIn/u,
  });
  const view = await own.takeControl(at.id);
  await pressOnce(ada, view, at);
  await expect(view.locator("#pressed dd").allTextContents()).resolves.toContain("Canaria");
  await clickOnDisplay(view, at.field);
  await view.keyboard.press("End");
  await view.keyboard.type("-5", { delay: 30 });
  // Another application by now: kept, and read anew.
  await pressOnce(ada, view, at);
  expect(await valet.submits(job)).toHaveLength(0);
  const profile = (await pressesOf(ada, at.id))
    .at(-1)
    ?.approval?.fields.find(({ label }) => /LinkedIn/u.test(label));
  const corrected = "https://www.linkedin.com/in/ada-canaria-5";
  expect(profile).toMatchObject({ value: corrected, source: "person" });
  await clickOnDisplay(view, at.submit);
  await view.getByText("You sent it.").waitFor();
  expect(await ada.untilEnd(at.id)).toMatchObject({ outcome: "confirmed" });
  const sent = await valet.submits(job);
  expect(sent).toHaveLength(1);
  expect(Object.values(sent[0]?.fields ?? {})).toContain(corrected);
  await view.close();
});

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
