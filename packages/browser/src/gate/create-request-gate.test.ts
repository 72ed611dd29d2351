import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserAttachment, attachToBrowser } from "../attach-to-browser.ts";
import { observeRequests } from "../observe-requests.ts";
import { openFirstPage } from "../open-first-page.ts";
import {
  type TestBrowser,
  type TestRelay,
  launchTestBrowser,
  openTestRelay,
} from "../test-browser.fixture.ts";
import { type SubmitAnswer, type RequestGate, createRequestGate } from "./create-request-gate.ts";
import { type SendingSite, startSendingSite } from "./sending-site.fixture.ts";

const signal = AbortSignal.timeout(600_000);
const patient = { timeout: 10_000 };
let site: SendingSite;

beforeAll(async () => {
  site = await startSendingSite();
});
afterAll(() => site.close());

interface Browsing {
  readonly gate: RequestGate;
  readonly worker: BrowserAttachment;
  readonly close: () => Promise<void>;
}

async function openBrowser({ isGuarded }: { readonly isGuarded: boolean }): Promise<Browsing> {
  const browser: TestBrowser = await launchTestBrowser();
  const gate = createRequestGate({
    onRelease: () => undefined,
    onSettled: () => undefined,
    onRefusal: () => undefined,
  });
  gate.learn(values);
  const observation = await observeRequests({ pipe: browser.pipe, ...(isGuarded && { gate }) });
  (await openFirstPage({ pipe: browser.pipe })).navigate("about:blank");
  const relay: TestRelay = await openTestRelay(browser);
  const worker = await attachToBrowser(relay.renewTicket(), signal);
  return {
    gate,
    worker,
    close: async () => {
      await worker.close();
      await relay.close();
      observation.close();
      await browser.close();
    },
  };
}

interface Armed {
  readonly answers: SubmitAnswer[];
  readonly asked: string[];
}

function arm(
  { gate }: Browsing,
  {
    path = "/apply",
    may = () => Promise.resolve(true),
  }: { path?: string; may?: () => Promise<boolean> } = {},
): Armed {
  const answers: SubmitAnswer[] = [];
  const asked: string[] = [];
  gate.arm({
    form: { url: `${site.url}/`, target: { method: "POST", url: `${site.url}${path}` } },
    maySubmit: ({ digest }) => {
      asked.push(digest);
      return may();
    },
    onAnswer: (answer) => void answers.push(answer),
  });
  return { answers, asked };
}

/** Runs a script in a page of its own and waits until nothing more comes of it. */
async function send(
  { worker }: Browsing,
  script: string,
  atLeast: () => number = () => 0,
): Promise<number> {
  const page = await worker.context.newPage();
  try {
    await page.goto(site.url);
    site.forget();
    await page.evaluate(script).catch(() => undefined);
    await site.untilQuiet();
    // What was let go has yet to arrive.
    await expect.poll(() => site.sent(), patient).toBeGreaterThanOrEqual(atLeast());
    return site.sent();
  } finally {
    await page.close();
  }
}

/** Everything a page can send with; each sends once, three times where a script can. */
const ways = [
  ["a form", "document.forms[0].requestSubmit()"],
  ["three clicks", "for (let i = 0; i < 3; i++) document.querySelector('button').click()"],
  [
    "a change of a field",
    "const f = document.querySelector('input'); f.onchange = () => f.form.submit(); f.value = 'b'; f.dispatchEvent(new Event('change'))",
  ],
  [
    "a form that is being left",
    "addEventListener('beforeunload', () => { fetch('/apply', {method:'POST',keepalive:true,body:'a'}) }); location.href = '/other'",
  ],
  ["Enter", "document.querySelector('input').form.requestSubmit(); document.forms[0].submit()"],
  [
    "fetch",
    "for (let i = 0; i < 3; i++) fetch('/apply', {method:'POST', body:'a=ada@example.com'}).catch(() => 0)",
  ],
  [
    "XHR",
    "for (let i = 0; i < 3; i++) { const x = new XMLHttpRequest(); x.open('POST','/apply'); x.send('a=1') }",
  ],
  ["a beacon", "navigator.sendBeacon('/apply', 'ada@example.com')"],
  [
    "a keepalive fetch while the page goes",
    "addEventListener('pagehide', () => { fetch('/apply', {method:'POST',keepalive:true,body:'a'}); navigator.sendBeacon('/apply','b') }); location.href = '/other'",
  ],
  [
    "a form in a frame",
    "document.body.append(Object.assign(document.createElement('iframe'),{name:'f'})); document.forms[0].target='f'; document.forms[0].submit()",
  ],
  ["a popup", "document.forms[0].target='_blank'; document.forms[0].submit()"],
  [
    "a frame of another origin",
    "document.body.append(Object.assign(document.createElement('iframe'),{src: location.href.replace('127.0.0.1','localhost') + 'auto'}))",
  ],
  ["a worker", "new Worker('/sender.js')"],
  ["a shared worker", "new SharedWorker('/sender.js')"],
  ["a worker in a worker", "new Worker('/nested.js')"],
  ["a service worker", "navigator.serviceWorker.register('/sw.js')"],
  [
    "a form as GET",
    "document.forms[0].method='get'; document.querySelector('input').value='ada@example.com'; document.forms[0].submit()",
  ],
  [
    "a picture",
    "document.body.append(Object.assign(new Image(), {src:'/apply?a=ada@example.com&b=Example+Street+7'}))",
  ],
  [
    "a script",
    "document.body.append(Object.assign(document.createElement('script'), {src:'/apply?a=ada@example.com&b=Example+Street+7'}))",
  ],
  [
    "a WebSocket",
    "new WebSocket(location.href.replace('http','ws')+'apply').onopen = function () { this.send('ada@example.com') }",
  ],
  ["a WebSocket in a worker", "new Worker('/socket.js')"],
  ["a PUT", "fetch('/apply', {method:'PUT', body:'x'})"],
] as const;
/** One of each: a form, its clicks, scripts, pages that go, frames, windows, workers, what is no request for data. */
const sampled: ReadonlySet<string> = new Set([
  "three clicks",
  "a change of a field",
  "a form that is being left",
  "fetch",
  "a beacon",
  "a popup",
  "a frame of another origin",
  "a worker in a worker",
  "a service worker",
  "a form as GET",
  "a picture",
  "a WebSocket",
]);
const sample = ways.filter(([name]) => sampled.has(name));
/** In a browser of its own it outlives the page that asked for it. */
const replay =
  "navigator.serviceWorker.register('/replay.js', {scope:'/other'}).then(({ installing, waiting, active }) => { const w = installing ?? waiting ?? active; const go = () => w.state === 'activated' && w.postMessage('go'); w.onstatechange = go; go() })";
const values = ["ada@example.com", "Example Street 7", "+1 510 555 0123"];

describe("whatever sends", () => {
  let guarded: Browsing;
  let bare: Browsing;
  beforeAll(async () => {
    [guarded, bare] = [
      await openBrowser({ isGuarded: true }),
      await openBrowser({ isGuarded: false }),
    ];
  });
  afterAll(async () => {
    await guarded.close();
    await bare.close();
  });

  test.each(process.env["VALET_TEST_SWEEP"] === "1" ? [...ways] : sample)(
    "%s sends nothing unapproved, and once at most when armed",
    async (_, script) => {
      guarded.gate.disarm();
      // Without a gate it does arrive: so this test can fail.
      expect(await send(bare, script, () => 1)).toBeGreaterThanOrEqual(1);
      expect(await send(guarded, script)).toBe(0);
      const { asked } = arm(guarded);
      const sent = await send(guarded, script, () => asked.length);
      expect(sent).toBeLessThanOrEqual(1);
      expect(asked).toHaveLength(sent);
    },
  );

  test("a form that was refused keeps its page and its values", async () => {
    guarded.gate.disarm();
    const page = await guarded.worker.context.newPage();
    await page.goto(site.url);
    await page.locator("input").fill("Ada Example");
    // Its own: the gate still reports what it refused before.
    const refused = page.waitForEvent("requestfailed");
    await page.getByRole("button").click({ noWaitAfter: true });
    await refused;
    expect(guarded.gate.report().lastRefusal).toBe("not_approved");
    expect(await page.locator("input").inputValue()).toBe("Ada Example");
    arm(guarded);
    await page.getByRole("button").click({ noWaitAfter: true });
    await page.getByRole("heading", { name: "Thanks" }).waitFor();
    await page.close();
  });

  test.each([
    ["says no", () => Promise.resolve(false)],
    ["cannot be asked", () => Promise.reject(new Error("no database"))],
    ["says yes when it was disarmed meanwhile", async () => (guarded.gate.disarm(), true)],
  ])("nothing leaves where the database %s", async (_, may) => {
    const { asked, answers } = arm(guarded, { may });
    expect(await send(guarded, "document.forms[0].submit()")).toBe(0);
    expect([asked.length, answers.length]).toEqual([1, 0]);
  });

  test.each([
    ["/apply", { status: 200, failed: null, redirects: 0 }, 1],
    ["/again", { status: 200, failed: null, redirects: 1 }, 1],
    ["/elsewhere", { status: null, failed: expect.stringContaining("net::ERR_"), redirects: 1 }, 0],
    ["/thanked", { status: 200, failed: null, redirects: 1 }, 0],
    ["/cut", { status: null, failed: expect.stringContaining("net::ERR_"), redirects: 0 }, 0],
  ])("of a form sent to %s it is known what came of it", async (path, answer, applied) => {
    const { answers } = arm(guarded, { path });
    const script = `document.forms[0].action = ${JSON.stringify(path)}; document.forms[0].submit()`;
    expect(await send(guarded, script)).toBe(applied);
    await expect.poll(() => answers, patient).toEqual([answer]);
    expect(guarded.gate.report().state).toBe("spent");
  });

  test("a service worker that sends later, and again, sends nothing unapproved, and once at most when armed", async () => {
    guarded.gate.disarm();
    expect(await send(bare, replay, () => 1)).toBeGreaterThanOrEqual(1);
    const { refused } = guarded.gate.report();
    expect(await send(guarded, replay)).toBe(0);
    await expect.poll(() => guarded.gate.report().refused, patient).toBeGreaterThan(refused);
    const { asked } = arm(guarded);
    expect(await send(guarded, replay)).toBeLessThanOrEqual(1);
    await expect.poll(() => asked, patient).toHaveLength(1);
  });
});
