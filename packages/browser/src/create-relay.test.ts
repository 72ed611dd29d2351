import { ValetError } from "@valet/contracts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { attachToBrowser, explainDisconnect } from "./attach-to-browser.ts";
import {
  type TestBrowser,
  type TestSite,
  type TestRelay,
  launchTestBrowser,
  openTestRelay,
  startTestSite,
} from "./test-browser.fixture.ts";
import { takeScreenshot } from "./take-screenshot.ts";

const patient = { timeout: 10_000 };

let site: TestSite;
let browser: TestBrowser;
let relay: TestRelay;
const signal = AbortSignal.timeout(300_000);

beforeAll(async () => {
  site = await startTestSite();
  browser = await launchTestBrowser();
  relay = await openTestRelay(browser);
});

afterAll(async () => {
  await relay.close();
  await browser.close();
  await site.close();
});

beforeEach(async () => {
  const attached = await attachToBrowser(relay.renewTicket(), signal);
  await attached.page.goto(site.url);
  await attached.close();
});

test("what a worker typed is there for the next, and detaching ends nothing", async () => {
  const url = relay.renewTicket();
  const first = await attachToBrowser(url, signal);
  await first.page.getByLabel("Name").fill("Ada Example");
  await first.close();
  const second = await attachToBrowser(url, signal);
  expect(await second.page.getByLabel("Name").inputValue()).toBe("Ada Example");
  await second.close();
  await expect.poll(() => relay.clientCount(), patient).toBe(0);
});

test("two clients of one ticket drive the same page at once", async () => {
  const url = relay.renewTicket();
  const [one, two] = await Promise.all([
    attachToBrowser(url, signal),
    attachToBrowser(url, signal),
  ]);
  await one.page.getByLabel("Name").fill("Ada");
  expect(await two.page.getByLabel("Name").inputValue()).toBe("Ada");
  await two.page.getByLabel("Name").fill("Grace");
  expect(await one.page.getByLabel("Name").inputValue()).toBe("Grace");
  await Promise.all([one.close(), two.close()]);
});

test("a newer ticket cuts the older client: its next command fails and touches nothing", async () => {
  const oldUrl = relay.renewTicket();
  const old = await attachToBrowser(oldUrl, signal);
  await old.page.getByLabel("Name").fill("kept");

  const newer = await attachToBrowser(relay.renewTicket(), signal);
  await expect(old.page.getByLabel("Name").fill("changed")).rejects.toThrow(/closed/);
  expect(await newer.page.getByLabel("Name").inputValue()).toBe("kept");
  await expect(attachToBrowser(oldUrl, signal)).rejects.toMatchObject({ code: "FENCED" });
  expect(await explainDisconnect(oldUrl, signal)).toMatchObject({ code: "FENCED" });
  await newer.close();
});

test("commands that were on their way when the ticket changed never reach the page", async () => {
  const client = await openRaw(relay.renewTicket());
  for (let id = 1; id <= 200; id += 1) {
    client.send(
      JSON.stringify({ id, method: "Target.createTarget", params: { url: "about:blank" } }),
    );
  }
  const closed = new Promise((resolve) => {
    client.on("close", resolve);
  });
  // The same turn of the event loop: the commands sit in this process's socket buffers.
  const next = relay.renewTicket();
  await closed;
  const newer = await attachToBrowser(next, signal);
  expect(newer.context.pages()).toHaveLength(1);
  await newer.close();
});

test("an unknown ticket is refused, over HTTP and over the WebSocket", async () => {
  const url = relay.renewTicket();
  const guessed = url.replace(/[^/]*$/, "guessed");
  await expect(attachToBrowser(guessed, signal)).rejects.toMatchObject({ code: "SESSION_LOST" });
  await expect(openRaw(guessed)).rejects.toThrow("410");
  // The same client with the right ticket gets in, so it is the ticket that decides.
  (await openRaw(url)).terminate();
});

test("a web page that learned a ticket is refused, an engine's extension is not", async () => {
  const url = relay.renewTicket();
  await expect(openRaw(url, { origin: site.url })).rejects.toThrow("410");
  (await openRaw(url, { origin: "chrome-extension://abcdefghijklmnop" })).terminate();
});

test("a client cannot end the browser", async () => {
  const client = await openRaw(relay.renewTicket());
  expect(await ask(client, { id: 7, method: "Browser.close" })).toEqual({ id: 7, result: {} });
  expect(await browser.pipe.call("Browser.getVersion")).toMatchObject({ product: browser.product });
  client.terminate();
});

test("a client cannot speak through the session of another", async () => {
  const url = relay.renewTicket();
  const [owner, other] = await Promise.all([openRaw(url), openRaw(url)]);
  const { targetInfos } = resultOf(await ask(owner, { id: 1, method: "Target.getTargets" }));
  const page = Array.isArray(targetInfos)
    ? targetInfos.find((info: { type: string }) => info.type === "page")
    : undefined;
  const attach = {
    method: "Target.attachToTarget",
    params: { targetId: page?.targetId, flatten: true },
  };
  const { sessionId } = resultOf(await ask(owner, { id: 2, ...attach }));
  const command = { id: 3, method: "Runtime.evaluate", params: { expression: "1 + 1" }, sessionId };

  expect(await ask(owner, command)).toMatchObject({ result: { result: { value: 2 } } });
  expect(await ask(other, command)).toMatchObject({ error: { code: -32_001 } });
  owner.terminate();
  other.terminate();
});

test("a client that reads nothing is cut before it fills the memory", async () => {
  const strict = await openTestRelay({ ...browser, maxUnreadBytes: 1_000_000 });
  const client = await openRaw(strict.renewTicket());
  const { targetInfos } = resultOf(await ask(client, { id: 1, method: "Target.getTargets" }));
  const page = Array.isArray(targetInfos)
    ? targetInfos.find((info: { type: string }) => info.type === "page")
    : undefined;
  const attach = {
    method: "Target.attachToTarget",
    params: { targetId: page?.targetId, flatten: true },
  };
  const { sessionId } = resultOf(await ask(client, { id: 2, ...attach }));
  client.pause();
  const expression = "'x'.repeat(1e6)";
  for (let id = 3; id < 40; id += 1) {
    const params = { expression, returnByValue: true };
    client.send(JSON.stringify({ id, method: "Runtime.evaluate", params, sessionId }));
  }
  await expect.poll(() => strict.clientCount(), patient).toBe(0);
  client.terminate();
  await strict.close();
});

test("a client that does not speak CDP is cut", async () => {
  const client = await openRaw(relay.renewTicket());
  const closed = new Promise((resolve) => {
    client.on("close", () => resolve("closed"));
  });
  client.send("hello");
  expect(await closed).toBe("closed");
});

test("a screenshot shows the whole page, bounded", async () => {
  const attached = await attachToBrowser(relay.renewTicket(), signal);
  const { bytes } = await takeScreenshot(attached.page, signal);
  expect(jpegHeight(bytes)).toBeGreaterThan(3_000);
  await attached.page.evaluate("document.body.style.height = '20000px'");
  const longer = await takeScreenshot(attached.page, signal);
  expect(jpegHeight(longer.bytes)).toBe(8_000);
  await attached.close();
});

test("an attach is given up when its signal is aborted", async () => {
  const reason = new Error("step cancelled");
  const controller = new AbortController();
  const attaching = attachToBrowser(relay.renewTicket(), controller.signal);
  controller.abort(reason);
  await expect(attaching).rejects.toBe(reason);
});

test("when the browser dies its clients are told that the session is lost", async () => {
  const doomed = await launchTestBrowser();
  const itsRelay = await openTestRelay(doomed);
  try {
    const url = itsRelay.renewTicket();
    const attached = await attachToBrowser(url, signal);
    process.kill(doomed.pid, "SIGKILL");
    await doomed.exited;
    await expect(attached.page.evaluate("1 + 1")).rejects.toThrow(/closed/);
    await itsRelay.close();
    expect(await explainDisconnect(url, signal)).toBeInstanceOf(ValetError);
    await expect(attachToBrowser(url, signal)).rejects.toMatchObject({ code: "SESSION_LOST" });
  } finally {
    await itsRelay.close();
    await doomed.close();
  }
});

function openRaw(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const client = new WebSocket(url.replace("http", "ws"), { headers, perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    client.on("open", () => resolve(client));
    client.on("error", reject);
  });
}

type Answer = Record<string, unknown>;

/** Events may come before the reply. */
function ask(client: WebSocket, command: Answer): Promise<Answer> {
  return new Promise((resolve) => {
    const onMessage = (data: Buffer): void => {
      const message: Answer = JSON.parse(data.toString());
      if (message.id !== command.id) return;
      client.off("message", onMessage);
      resolve(message);
    };
    client.on("message", onMessage);
    client.send(JSON.stringify(command));
  });
}

function resultOf(answer: Answer): Answer {
  const { result } = answer;
  return typeof result === "object" && result !== null ? { ...result } : {};
}

/** Reads the height from the JPEG's start-of-frame segment. */
function jpegHeight(bytes: Buffer): number {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) return bytes.readUInt16BE(at + 5);
  }
  return 0;
}
