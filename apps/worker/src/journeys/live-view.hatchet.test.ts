import { type TestValet, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import {
  type OwnBrowser,
  type Place,
  clickOnDisplay,
  placeOf,
  startOwnBrowser,
} from "./live-view.fixture.ts";
import { pressOnce, pressesOf, waitAt } from "./press.fixture.ts";
import { atThePage, readLetters } from "./person-at-page.fixture.ts";

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

test("a captcha is solved through the live view, and handing back is all that has to be said", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-captcha-21");
  const asked = await ada.untilState(id, "awaiting_human");
  expect(asked.humanStep).toMatchObject({ kind: "captcha" });
  // What a person sees, the test looks up: the letters in the picture and where the field is.
  let letters = "";
  let place: Place = { x: 0, y: 0 };
  await atThePage(valet, asked, async (page) => {
    letters = await readLetters(page);
    const field = page.getByLabel("Type the letters");
    await field.scrollIntoViewIfNeeded();
    place = await placeOf(field);
  });
  const view = await own.takeControl(id);
  await view.getByText("Valet needs you.").waitFor();
  await clickOnDisplay(view, place);
  await view.keyboard.type(letters, { delay: 30 });
  await view.getByRole("button", { name: "Hand back" }).click();
  await view.getByText("This application has ended: confirmed").waitFor();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-captcha-21")).toHaveLength(1);
  await view.close();
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
