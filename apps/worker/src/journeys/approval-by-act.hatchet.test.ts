import { type TestValet, startValet, until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import {
  type OwnBrowser,
  type Place,
  clickOnDisplay,
  placeOf,
  startOwnBrowser,
} from "./live-view.fixture.ts";
import { atThePage } from "./person-at-page.fixture.ts";

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

interface PlacesOnPage {
  readonly name: Place;
  readonly submit: Place;
}

/** An application that waits for its review, with what a person sees on its page looked up. */
async function openReview(job: string) {
  const { id } = await ada.apply(`plain/jobs/${job}`, { mode: "copilot" });
  const task = await ada.untilState(id, "awaiting_review");
  const places: { at: PlacesOnPage | undefined } = { at: undefined };
  await atThePage(valet, task, async (page) => {
    const submit = await placeOf(page.getByRole("button", { name: /submit/iu }));
    places.at = { submit, name: submit };
  });
  if (places.at === undefined) throw new Error("The page was not looked at.");
  return { id, places: places.at };
}

const pressesOf = async (taskId: string) =>
  (await ada.events(taskId)).filter((event) => event.type === "submit_pressed");

test("who presses the button in the live view sees what it sends, and the second press sends it", async () => {
  const { id, places } = await openReview("engineer-91");
  const view = await own.takeControl(id);
  await clickOnDisplay(view, places.submit);
  await view.getByText("press the same button once more").waitFor();
  await expect(
    view.locator("#pressed dd").filter({ hasText: "Canaria" }).count(),
  ).resolves.toBeGreaterThan(0);
  expect(await valet.submits("engineer-91")).toHaveLength(0);
  await clickOnDisplay(view, places.submit);
  await view.getByText("You sent it.").waitFor();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-91")).toHaveLength(1);
  expect(await pressesOf(id)).toHaveLength(1);
  await until(
    "control has ended",
    async () => (await ada.client.getTask(id)).humanStep === undefined,
  );
  await view.close();
});
