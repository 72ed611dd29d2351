import { createValetClient } from "@valet/client";
import { type TestValet, startValet } from "@valet/testkit";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAndStay, closeWindow } from "./close-window.fixture.ts";
import {
  findBarriers,
  launchChromium,
  openConsole,
  overflow,
  signIn,
} from "./console-browser.fixture.ts";

let valet: TestValet;
let browser: Browser;
beforeAll(async () => {
  [valet, browser] = await Promise.all([startValet({ workers: 0 }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
});

const addresses = "https://jobs.example.com/1\nhttps://jobs.example.com/2";
const notice = (page: Page) => page.getByLabel("Notice period");
const saveTerms = (page: Page) => page.getByRole("button", { name: "Save: When, where" });
const unsaved = (page: Page) => page.getByText("Not saved yet.");

test("what was typed and not saved outlives other pages and the login, and nothing that was saved elsewhere meanwhile is lost", async () => {
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  await client.putProfile({ application: { noticePeriod: "1 month", startDate: "2027-01-01" } });
  await client.saveAnswer({ question: "Why us?", answer: "Parcels." });
  const { page, context, faults, close } = await openConsole(browser, {
    url: valet.apiUrl,
    width: 360,
  });
  await page.goto("/new");
  await signIn(page, valet.apiKey);
  await page.getByLabel("Addresses of jobs").fill(addresses);
  await page.getByText("– sent without a look").click();

  await page.getByRole("link", { name: "About you" }).click();
  await page.getByRole("link", { name: "Facts forms ask for" }).click();
  await notice(page).fill("3 months");
  await page.getByRole("button", { name: "Add a country" }).click();
  await page.getByLabel("Country", { exact: true }).last().selectOption("DE");
  await page.getByRole("link", { name: "Saved answers" }).click();
  await page.getByRole("button", { name: "Add an answer" }).click();
  await page.getByRole("textbox", { name: "Question" }).fill("Why now?");
  await page.getByRole("button", { name: "Change the answer to: Why us?" }).click();
  await page
    .getByRole("listitem")
    .getByRole("textbox", { name: "Answer" })
    .fill("Parcels to islands.");
  expect(await closeAndStay(page)).toBe("beforeunload");

  await client.putProfile({ application: { noticePeriod: "2 weeks", startDate: "2027-02-02" } });
  await client.saveAnswer({ question: "Why us?", answer: "Letters." });
  await context.clearCookies();
  await page.getByRole("listitem").getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Your login has ended").waitFor();
  await signIn(page, valet.apiKey);
  await page.getByText("This answer was saved elsewhere").waitFor();
  const shown = page.getByRole("textbox", { name: "Answer" });
  expect(await page.getByRole("textbox", { name: "Question" }).inputValue()).toBe("Why now?");
  expect(await shown.last().inputValue()).toBe("Parcels to islands.");
  expect(await findBarriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await page.getByRole("button", { name: "Leave it" }).first().click();
  await page.getByRole("listitem").getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved: Why us?").waitFor();

  await page.getByRole("link", { name: "Facts forms ask for" }).click();
  await page.getByText("Saved elsewhere after you typed here: Notice period.").waitFor();
  expect(await notice(page).inputValue()).toBe("3 months");
  expect(await page.getByLabel("Earliest start").inputValue()).toBe("2027-02-02");
  expect(await page.getByLabel("Country", { exact: true }).last().inputValue()).toBe("DE");
  expect(await unsaved(page).count()).toBe(2);
  expect(await findBarriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await saveTerms(page).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Take away country" }).last().click();
  await unsaved(page).waitFor({ state: "hidden" });
  expect((await client.getProfile()).application).toMatchObject({
    noticePeriod: "3 months",
    startDate: "2027-02-02",
  });
  expect(await client.listAnswers()).toMatchObject([{ answer: "Parcels to islands." }]);

  await page.getByRole("link", { name: "New", exact: true }).click();
  expect(await page.getByLabel("Addresses of jobs").inputValue()).toBe(addresses);
  expect(await page.getByRole("radio", { name: "autopilot" }).isChecked()).toBe(true);
  expect(await closeAndStay(page)).toBe("beforeunload");
  await page.getByLabel("Addresses of jobs").fill("");
  await page.getByText("– nothing is sent before").click();
  expect(await closeWindow(page)).toEqual([]);
  expect(faults()).toEqual([]);
  await close();
});

test("what was saved here follows what is saved elsewhere later", async () => {
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  await client.putProfile({});
  const { page, close } = await openConsole(browser, { url: valet.apiUrl });
  await page.goto("/start/facts");
  await signIn(page, valet.apiKey);
  await notice(page).fill("3 months");
  await saveTerms(page).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await client.putProfile({ application: { noticePeriod: "1 week" } });
  await page.getByLabel("Earliest start").fill("2027-03-03");
  await saveTerms(page).click();
  await page.getByText("Not saved yet.").waitFor({ state: "hidden" });
  expect(await notice(page).inputValue()).toBe("1 week");
  expect((await client.getProfile()).application).toMatchObject({
    noticePeriod: "1 week",
    startDate: "2027-03-03",
  });
  await close();
});

test("nobody finds what another person typed, and who signs out takes it along", async () => {
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  const bob = await client.createUser({ name: "bob" });
  const { page, context, close } = await openConsole(browser, { url: valet.apiUrl });
  const typed = page.getByLabel("Addresses of jobs");
  await page.goto("/new");
  await signIn(page, valet.apiKey);
  await typed.fill(addresses);
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, valet.apiKey);
  await page.getByRole("link", { name: "New", exact: true }).click();
  expect(await typed.inputValue()).toBe("");

  await typed.fill(addresses);
  await context.clearCookies();
  const noticed = page.getByText("Your login has ended").waitFor();
  // Unless something else has asked before.
  await Promise.race([
    noticed,
    page.getByRole("button", { name: "See what they ask first" }).click(),
  ]);
  await noticed;
  await signIn(page, bob.apiKey);
  await typed.waitFor();
  expect(await typed.inputValue()).toBe("");
  await close();
});

test("what one window signs out of, or into as somebody else, no other window goes on to show", async () => {
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  const eve = await client.createUser({ name: "eve" });
  const { page, context, close } = await openConsole(browser, { url: valet.apiUrl });
  await page.goto("/");
  await signIn(page, valet.apiKey);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  const other = await context.newPage();
  const typed = other.getByLabel("Addresses of jobs");
  await other.goto("/new");
  await typed.fill(addresses);
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(other, valet.apiKey);
  await typed.waitFor();
  expect(await typed.inputValue()).toBe("");

  await typed.fill(addresses);
  await context.clearCookies();
  await signIn(page, eve.apiKey);
  await other.getByText("eve", { exact: true }).waitFor();
  expect(await typed.inputValue()).toBe("");
  await close();
});
