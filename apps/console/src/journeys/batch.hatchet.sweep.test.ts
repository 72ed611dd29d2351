import { type TestValet, startValet, until } from "@valet/testkit";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleApplicant, createConsoleApplicant } from "./applicant.fixture.ts";
import { findBarriers, launchChromium, openConsole, signIn } from "./console-browser.fixture.ts";
import { takePicture } from "./take-picture.fixture.ts";

const patient = { timeout: 300_000 };
const journeyMs = 600_000;
const jobs = [
  "engineer-captcha-700",
  ...Array.from({ length: 9 }, (_, n) => `engineer-${701 + n}`),
];

let valet: TestValet;
let browser: Browser;
let ada: ConsoleApplicant;
beforeAll(async () => {
  [valet, browser] = await Promise.all([
    startValet({ env: { VALET_LIMITS: JSON.stringify({ user: { perMinute: 100 } }) } }),
    launchChromium(),
  ]);
  ada = await createConsoleApplicant(valet);
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

test(
  "of a batch of ten nine are confirmed while one waits at its wall, first in the list, until it is cancelled with a count beforehand",
  async () => {
    const { page, faults, close } = await openConsole(browser, { url: valet.apiUrl });
    await page.goto("/new");
    await signIn(page, valet.apiKey);
    const addresses = jobs.map((job) => `${valet.practiceUrl}/plain/jobs/${job}`);
    await page.getByLabel("Addresses of jobs").fill(addresses.join("\n"));
    await page.getByText("10 jobs, as one batch").waitFor();
    await page.getByText("– sent without a look").click();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Start 10 applications" }).click();

    await page.getByRole("link", { name: "Show them in the list" }).click();
    // No row moves under somebody's pointer.
    await page.mouse.move(0, 0);
    await page.getByText("9 of 10 ended").waitFor(patient);
    await page.getByText("1 needs you").waitFor();
    const rows = page.locator(".row");
    await rows.first().getByText("awaiting human").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await takePicture(page, "batch", 500);
    await rows.first().getByRole("checkbox").check();
    await page.getByRole("button", { name: "Cancel 1 selected application" }).click();
    await page.getByText("1 would be cancelled").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel 1 application" }).click();
    await page.getByText("1 application cancelled.").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByText("10 of 10 ended").waitFor();

    const sent = (await valet.submits()).map(({ job }) => job).toSorted();
    expect(sent).toEqual(jobs.slice(1).toSorted());
    await until("all are shown as they ended", async () => {
      const { tasks } = await ada.client.listTasks({ limit: 20 });
      const outcomes = Map.groupBy(tasks, ({ outcome }) => outcome ?? "none");
      return outcomes.get("confirmed")?.length === 9 && tasks.length === 10;
    });
    expect(faults()).toEqual([]);
    await close();
  },
  journeyMs,
);
