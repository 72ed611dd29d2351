import { setTimeout as delay } from "node:timers/promises";
import { everyCaseOr } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type HeldApplication,
  type HostToLose,
  type LosableHost,
  armApplication,
  sendAndHold,
  startLosableHost,
} from "./held-application.fixture.ts";
import { type TaskStore, openTaskStore } from "./task-store.fixture.ts";
import { startTestSite } from "./test-host.fixture.ts";

const times = everyCaseOr(100, 2);
const others = everyCaseOr(100, 1);
const controls = everyCaseOr(20, 1);
const limit = { timeout: 3_600_000 };
/** What Chromium lets go leaves within 50 ms. */
const afterMs = 500;

let store: TaskStore;

beforeAll(async () => void (store = await openTaskStore()));
afterAll(() => store.close());

type Loss = Omit<HostToLose, "site">;
const asItIs: Loss = { way: "coupled", isCuttable: false };
const outlived: Loss = { way: "coupled", isCuttable: true };
const uncoupled: Loss = { way: "uncoupled", isCuttable: true };

/** What a site has stored of an application whose host is killed once `send` is done. */
async function loseHost(
  loss: Loss,
  send: (held: HeldApplication) => Promise<unknown>,
): Promise<number> {
  const site = await startTestSite();
  const host = await startLosableHost(store, { ...loss, site: site.url });
  try {
    const held = await armApplication({ store, host }, site.url);
    await send(held);
    expect(site.posts()).toBe(0);
    await host.process.end("SIGKILL");
    if (!loss.isCuttable) await host.untilBrowsersEnded();
    await delay(afterMs);
    await held.end();
    return site.posts();
  } finally {
    await host.close();
    await site.close();
  }
}

/** The same of applications on one host, whose gate's connection is cut. */
async function cutGate(loss: Loss, count: number): Promise<Counts> {
  const site = await startTestSite();
  const host = await startLosableHost(store, { ...loss, site: site.url });
  try {
    return await countEach(count, async (run) => {
      const before = site.posts();
      const held = await armApplication({ store, host }, site.url);
      await sendAndHold(held);
      await (run % 2 === 0 ? host.cutGates() : cutUnseen(host));
      await delay(afterMs);
      await held.end();
      await host.client.closeSession(held.sessionId, AbortSignal.timeout(30_000));
      await host.untilBrowsersEnded();
      return site.posts() - before;
    });
  } finally {
    await host.close();
    await site.close();
  }
}

/** The cut, while its host is too busy to hear of it: what leaves then waits for the proxy, too. */
async function cutUnseen(host: LosableHost): Promise<void> {
  host.process.child.kill("SIGSTOP");
  host.cutGates();
  await delay(200);
  host.process.child.kill("SIGCONT");
}

/** How many applications reached their site so many times. */
type Counts = Readonly<Record<number, number>>;

async function countEach(count: number, lose: (run: number) => Promise<number>): Promise<Counts> {
  const counts: Record<number, number> = {};
  for (let run = 0; run < count; run += 1) {
    const posts = await lose(run);
    counts[posts] = (counts[posts] ?? 0) + 1;
  }
  return counts;
}

/** The page sends by itself a moment after, so mostly when its host is dead. */
async function sendLate({ driver }: HeldApplication, run: number): Promise<void> {
  const inMs = (run * 7) % 100;
  const late = `setTimeout(() => document.querySelector("form").requestSubmit(), ${inMs})`;
  await driver.page.evaluate(late);
}

test(
  `killed while it holds an application, ${times} times: the host takes browser and application along`,
  limit,
  async () => {
    expect(await countEach(times, () => loseHost(asItIs, sendAndHold))).toEqual({ 0: times });
  },
);

test(
  `a browser that outlives its host, ${others} times: it has no way out left`,
  limit,
  async () => {
    expect(await countEach(others, () => loseHost(outlived, sendAndHold))).toEqual({ 0: others });
  },
);

test(
  `with a way out past the host's process, ${controls} times: it sends what was held`,
  limit,
  async () => {
    const counts = await countEach(controls, () => loseHost(uncoupled, sendAndHold));
    expect(counts).toEqual({ 1: controls });
  },
);

test(
  `armed gate and proxy killed before the page sends, ${others} times: it stays where it is`,
  limit,
  async () => {
    const lose = (loss: Loss) => (run: number) => loseHost(loss, (held) => sendLate(held, run));
    expect(await countEach(others, lose(outlived))).toEqual({ 0: others });
    expect(await countEach(controls, lose(uncoupled))).toEqual({ 1: controls });
  },
);

test(
  `the connection of a gate cut, ${times} times: it takes the way out with it`,
  limit,
  async () => {
    expect(await cutGate(outlived, times)).toEqual({ 0: times });
  },
);

test(`cut with another way out, ${controls} times: the application goes`, limit, async () => {
  expect(await cutGate(uncoupled, controls)).toEqual({ 1: controls });
});
