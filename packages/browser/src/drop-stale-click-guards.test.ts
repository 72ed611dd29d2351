import { once } from "node:events";
import { type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attachToBrowser } from "./attach-to-browser.ts";
import {
  type TestBrowser,
  type TestRelay,
  launchTestBrowser,
  openTestRelay,
} from "./test-browser.fixture.ts";

/** The first move of the mouse over it stands still until the server answers. */
const html = `<button onclick="document.title = 'clicked'">Send</button><script>
  addEventListener("mousemove", () => {
    const asked = new XMLHttpRequest();
    asked.open("GET", "/moved", false);
    asked.send();
  }, { once: true });
</script>`;

const signal = AbortSignal.timeout(300_000);
let whenMoved = Promise.withResolvers<ServerResponse>();
const server = createServer((request, response) => {
  if (request.url === "/moved") whenMoved.resolve(response);
  else response.setHeader("content-type", "text/html").end(html);
});
let url = "";
let browser: TestBrowser;
let relay: TestRelay;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await launchTestBrowser();
  relay = await openTestRelay(browser);
});
afterAll(async () => {
  await relay?.close();
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

/** A driver that is cut off while it only tries whether the button can be clicked. */
async function cutOffInTrial(): Promise<void> {
  whenMoved = Promise.withResolvers();
  const { page, close } = await attachToBrowser(relay.renewTicket(), signal);
  await page.goto(url);
  const trial = page
    .getByRole("button")
    .click({ trial: true })
    .catch(() => undefined);
  const moved = await whenMoved.promise;
  await close();
  moved.end();
  await trial;
}

test("a page takes clicks again although its driver was cut off in the middle of one", async () => {
  await cutOffInTrial();
  const { page, close } = await attachToBrowser(relay.renewTicket(), signal);
  await page.getByRole("button").click();
  expect(await page.title()).toBe("clicked");
  await close();
});

test("without that it takes no click of anybody any more", async () => {
  await cutOffInTrial();
  const address = relay.renewTicket().replace(/^http/, "ws");
  const plain: Browser = await chromium.connectOverCDP(address);
  const page = plain.contexts()[0]?.pages()[0];
  await page?.getByRole("button").click();
  expect(await page?.title()).toBe("");
  await plain.close();
});
