import { once } from "node:events";
import { createServer } from "node:http";
import { createValetClient } from "@valet/client";
import { type TestValet, startValet } from "@valet/testkit";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  findBarriers,
  launchChromium,
  openConsole,
  overflow,
  signIn,
} from "./console-browser.fixture.ts";

const patient = { timeout: 20_000 };
let valet: TestValet;
let browser: Browser;
/** What webhooks are sent to. */
const receiver = createServer((_request, response) => void response.writeHead(204).end());
let receiverHost = "";
beforeAll(async () => {
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const address = receiver.address();
  receiverHost = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const env = { VALET_ALLOW_PRIVATE: receiverHost };
  [valet, browser] = await Promise.all([startValet({ workers: 0, env }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await valet?.close();
  receiver.closeAllConnections();
  receiver.close();
});

test("an admin sees how Valet is, limits everybody and takes it back, and keeps webhooks", async () => {
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  await client.createWebhook({ url: `http://${receiverHost}/valet`, events: ["completed"] });
  const { page, faults, asked, close } = await openConsole(browser, { url: valet.apiUrl });
  await page.goto("/operations");
  await signIn(page, valet.apiKey);
  await page.getByRole("heading", { name: "Operations" }).waitFor();
  const host = page.getByRole("list", { name: "Session hosts" });
  await host.getByText(valet.sessionHost.url).waitFor();
  await page.getByRole("heading", { name: "Queue" }).waitFor();

  const everybody = page.locator("section", {
    has: page.getByRole("heading", { name: "Limits of everybody" }),
  });
  await everybody
    .getByLabel("Which")
    .selectOption({ label: "the system named below: started a day" });
  await everybody.getByLabel("Its name").fill("greenhouse");
  await everybody.getByLabel("At most").fill("none");
  await everybody.getByRole("button", { name: "Set" }).click();
  await everybody.getByText("A whole number of at least 1.").waitFor();
  await everybody.getByLabel("At most").fill("30");
  await everybody.getByRole("button", { name: "Set" }).click();
  const remove = everybody.getByRole("button", {
    name: "Remove the limit: the system greenhouse: started a day",
  });
  await remove.waitFor();
  expect((await client.getLimits()).saidByAdmin).toEqual({
    platforms: { greenhouse: { perDay: 30 } },
  });
  expect(await findBarriers(page)).toEqual([]);
  await remove.click();
  await remove.waitFor({ state: "hidden" });
  expect((await client.getLimits()).saidByAdmin).toEqual({});

  await page.getByRole("button", { name: "Send a ping" }).click();
  await page.getByText("It arrived: 204").waitFor(patient);
  await page.getByText("Deliveries").click();
  await page.getByRole("button", { name: "Send this ping again" }).waitFor();
  await page.getByRole("button", { name: "New secret" }).click();
  await page.getByRole("dialog").getByText("signed with both").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Make a new secret" }).click();
  await page.getByText("whsec_").waitFor();
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByText("whsec_").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Switch off" }).click();
  await page.getByRole("button", { name: "Switch on" }).waitFor();
  await page.getByRole("button", { name: "Remove …" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByText("No address is told anything yet.").waitFor();
  expect(await client.listWebhooks()).toEqual([]);
  expect(faults()).toEqual([]);
  expect(asked().filter((url) => !url.startsWith(valet.apiUrl))).toEqual([]);
  await close();
});

test("who is no admin sees their own limits and webhooks alone, also on a phone in the dark", async () => {
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  const { apiKey } = await client.createApiKey({
    name: "without admin",
    scopes: ["read", "apply", "account"],
  });
  const { page, asked, faults, close } = await openConsole(browser, {
    url: valet.apiUrl,
    width: 360,
    colorScheme: "dark",
  });
  await page.goto("/operations");
  await signIn(page, apiKey);
  await page.getByRole("heading", { name: "Limits and webhooks" }).waitFor();
  await page.getByRole("heading", { name: "Your limits" }).waitFor();
  await page.getByRole("heading", { name: "Webhooks", exact: true }).waitFor();
  await page.getByLabel("Which").selectOption({ label: "started a day" });
  await page.getByLabel("At most").fill("40");
  await page.getByRole("button", { name: "Set" }).click();
  await page.getByRole("button", { name: "Remove the limit: started a day" }).click();
  await page
    .getByRole("button", { name: "Remove the limit: started a day" })
    .waitFor({ state: "hidden" });
  expect((await client.getLimits()).own).toEqual({});
  expect(await page.getByRole("heading", { name: "Limits of everybody" }).count()).toBe(0);
  expect(await overflow(page)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  expect(asked().filter((url) => url.includes("/admin/"))).toEqual([]);
  expect(faults()).toEqual([]);

  const ofAdmin = await openConsole(browser, { url: valet.apiUrl, width: 360 });
  await ofAdmin.page.goto("/operations");
  await signIn(ofAdmin.page, valet.apiKey);
  await ofAdmin.page.getByRole("heading", { name: /^Sessions/u }).waitFor();
  await ofAdmin.page.getByRole("heading", { name: "Limits of everybody" }).waitFor();
  expect(await overflow(ofAdmin.page)).toBe(0);
  expect(await findBarriers(ofAdmin.page)).toEqual([]);
  await ofAdmin.close();
  await close();
});
