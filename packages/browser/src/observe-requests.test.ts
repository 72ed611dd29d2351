import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserAttachment, attachToBrowser } from "./attach-to-browser.ts";
import { createRequestLog } from "./create-request-log.ts";
import { type RequestObservation, observeRequests } from "./observe-requests.ts";
import { openFirstPage } from "./open-first-page.ts";
import {
  type TestBrowser,
  type TestSite,
  type TestRelay,
  launchTestBrowser,
  openTestRelay,
  startTestSite,
} from "./test-browser.fixture.ts";
import { waitForDocument } from "./wait-for-document.ts";

const patient = { timeout: 10_000 };

let site: TestSite;
let browser: TestBrowser;
let relay: TestRelay;
let seen: RequestObservation;
let worker: BrowserAttachment;
const signal = AbortSignal.timeout(300_000);

beforeAll(async () => {
  site = await startTestSite();
  browser = await launchTestBrowser();
  seen = await observeRequests({ pipe: browser.pipe });
  (await openFirstPage({ pipe: browser.pipe })).navigate(`${site.url}/?email=ada@example.com`);
  relay = await openTestRelay(browser);
  worker = await attachToBrowser(relay.renewTicket(), signal);
  await waitForDocument(worker.page, signal);
});

afterAll(async () => {
  await worker.close();
  await relay.close();
  seen.close();
  await browser.close();
  await site.close();
});

test("the navigation begun by the owner has a document, without its query", () => {
  expect(seen.document()).toEqual({ url: `${site.url}/`, status: 200 });
});

test("a form's POST is seen with the status of its answer, and where the browser landed", async () => {
  await worker.page.goto(site.url);
  const since = new Date(Date.now() - 1).toISOString();
  await worker.page.getByRole("button", { name: "Send" }).click();
  await worker.page.getByRole("heading", { name: "Thanks" }).waitFor();

  const posts = seen.requests().filter((request) => request.startedAt >= since);
  expect(posts).toMatchObject([
    { method: "POST", url: `${site.url}/apply`, status: 303, isNavigation: true },
  ]);
  expect(posts[0]?.finishedAt).toBeDefined();
  expect(seen.document()).toEqual({ url: `${site.url}/thanks`, status: 200 });
});

test("while a form's POST waits for its answer nobody can attach, but the owner knows it left", async () => {
  await worker.page.goto(site.url);
  const before = seen.requests().length;
  await worker.page.evaluate("document.forms[0].action = '/hold'; document.forms[0].submit()");
  const held = { method: "POST", url: `${site.url}/hold`, isNavigation: true };
  await expect.poll(() => seen.requests().slice(before), patient).toMatchObject([held]);
  expect(seen.requests().at(-1)?.status).toBeUndefined();

  const url = relay.renewTicket();
  let isAttached = false;
  const attaching = attachToBrowser(url, signal).finally(() => {
    isAttached = true;
  });
  // The browser itself answers, so it is the page that is silent.
  await browser.pipe.call("Browser.getVersion");
  await expect.poll(() => relay.clientCount(), patient).toBe(1);
  expect(isAttached).toBe(false);
  // The browser tells that it leaves before the site has it.
  await expect.poll(() => site.posts("/hold"), patient).toBe(1);
  site.release();
  worker = await attaching;
  await worker.page.getByRole("heading", { name: "Released" }).waitFor();
  expect(seen.requests().at(-1)).toMatchObject({ ...held, status: 200 });
});

test.each([
  ["a fetch", (url: string) => `fetch("${url}/status/422", { method: "POST" })`, { status: 422 }],
  ["a PUT", (url: string) => `fetch("${url}/status/201", { method: "PUT" })`, { status: 201 }],
  [
    "a request without an answer",
    (url: string) => `fetch("${url}/cut", { method: "POST" }).catch(() => undefined)`,
    { failed: expect.stringContaining("net::ERR_") },
  ],
  [
    "a beacon",
    (url: string) => `navigator.sendBeacon("${url}/status/202", "x")`,
    { status: 202, method: "POST" },
  ],
  [
    "a fetch in a worker",
    (url: string) =>
      `new Worker(URL.createObjectURL(new Blob(['fetch("${url}/status/203",{method:"POST"})'])))`,
    { status: 203 },
  ],
])("%s is seen with its outcome", async (_name, script, outcome) => {
  await worker.page.goto(site.url);
  const before = seen.requests().length;
  await worker.page.evaluate(`void (${script(site.url)})`);
  await expect
    .poll(() => seen.requests().slice(before), patient)
    .toMatchObject([{ isNavigation: false, ...outcome }]);
});

test("the first request of a popup and of a frame of another origin is seen", async () => {
  await worker.page.goto(site.url);
  const before = seen.requests().length;
  await worker.page.evaluate(`{
    const form = document.forms[0];
    form.target = "popup"; form.action = "${site.otherUrl}/status/200/popup"; form.submit();
    document.body.append(Object.assign(document.createElement("iframe"), { name: "frame" }));
    form.target = "frame"; form.action = "${site.otherUrl}/status/200/frame"; form.submit();
  }`);
  await expect
    .poll(() => seen.requests().slice(before).toSorted(byUrl), patient)
    .toMatchObject([
      { url: `${site.otherUrl}/status/200/frame`, status: 200, isNavigation: true },
      { url: `${site.otherUrl}/status/200/popup`, status: 200, isNavigation: true },
    ]);
  const [, popup] = worker.context.pages();
  await popup?.close();
});

test("a site that cannot be reached leaves the reason, and the worker is told", async () => {
  const lone = await launchTestBrowser();
  const itsRelay = await openTestRelay(lone);
  try {
    const observation = await observeRequests({ pipe: lone.pipe });
    (await openFirstPage({ pipe: lone.pipe })).navigate("http://jobs.invalid/opening?q=1");
    const { page } = await attachToBrowser(itsRelay.renewTicket(), signal);
    await expect(waitForDocument(page, signal)).rejects.toMatchObject({ code: "PAGE_UNREACHABLE" });
    expect(observation.document()).toEqual({
      url: "http://jobs.invalid/opening",
      failed: "net::ERR_NAME_NOT_RESOLVED",
    });
  } finally {
    await itsRelay.close();
    await lone.close();
  }
});

test("the log is bounded and keeps the newest", () => {
  const log = createRequestLog({ findPageFrame: () => undefined, capacity: 3 });
  for (let index = 1; index <= 5; index += 1) {
    log.onEvent({
      method: "Network.requestWillBeSent",
      params: {
        requestId: `r${index}`,
        loaderId: "l",
        wallTime: 1_700_000_000 + index,
        request: { url: `https://example.com/${index}?q=1#f`, method: "POST" },
      },
    });
  }
  expect(log.entries().map((entry) => entry.url)).toEqual([
    "https://example.com/3",
    "https://example.com/4",
    "https://example.com/5",
  ]);
});

function byUrl(a: { url: string }, b: { url: string }): number {
  return a.url.localeCompare(b.url);
}
