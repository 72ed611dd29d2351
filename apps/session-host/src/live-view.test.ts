import { randomUUID } from "node:crypto";
import { createSessionHostClient } from "@valet/browser";
import { LiveMessage } from "@valet/contracts";
import { Secret } from "@valet/runtime";
import { everyCaseOr } from "@valet/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  type LiveSession,
  type LiveSite,
  type SeenInput,
  buttonAt,
  fieldAt,
  openLiveSession,
  startLiveSite,
} from "./live-session.fixture.ts";
import { openRfbViewer } from "./rfb-viewer.fixture.ts";
import { type TaskStore, openTaskStore } from "./task-store.fixture.ts";
import { type TestHost, startTestHost, testSettings } from "./test-host.fixture.ts";

const signal = AbortSignal.timeout(3_000_000);
const patient = { timeout: 20_000 };
const long = { timeout: 1_800_000 };
let store: TaskStore;
let site: LiveSite;
let host: TestHost;

beforeAll(async () => {
  store = await openTaskStore();
  site = await startLiveSite();
  host = await startTestHost({ database: store.database, settings: visible, maxSessions: 10 });
});
afterAll(async () => {
  await host.close();
  await site.close();
  await store.close();
});
afterEach(async () => {
  const { sessions } = await host.client.listSessions(signal);
  await Promise.all(sessions.map((session) => host.client.closeSession(session.sessionId, signal)));
});

const visible = { ...testSettings, displayProgram: "/usr/bin/Xtigervnc" };

function openSession(path = ""): Promise<LiveSession> {
  return openLiveSession({ host, store }, `${site.url}/${path}`, signal);
}

test("a person in control clicks and types, letters of other languages too", async () => {
  const session = await openSession();
  const window = await session.takeControl();
  const viewer = await session.look(window);
  expect(viewer.size).toEqual({ width: 1281, height: 901 });
  viewer.click(fieldAt.x, fieldAt.y);
  viewer.type("Wörld, Ärger, Señor. ");
  await viewer.picture();
  await session.release();
  expect(await viewer.closed).toEqual({ code: 4003, reason: "handed_back" });
  await expect.poll(() => session.value(), patient).toBe("Wörld, Ärger, Señor. ");
});

test("text in any script goes where the cursor stands, from the window in control alone", async () => {
  const session = await openSession();
  const control = await session.takeControl();
  const viewer = await session.look(control);
  viewer.click(fieldAt.x, fieldAt.y);
  await viewer.picture();
  const text = "Łódź Привет 日本 € 👋";
  const typeText = (window: string) =>
    host.client.typeText(session.sessionId, { ...session.task, control: window, text }, signal);
  await expect(typeText(randomUUID())).rejects.toMatchObject({ code: "CONTROL_TAKEN" });
  await typeText(control);
  await session.release();
  await expect(typeText(control)).rejects.toMatchObject({ code: "CONTROL_TAKEN" });
  await expect.poll(() => session.value(), patient).toBe(text);
});

/** As a viewer's clipboard is sent: ClientCutText, in Latin-1 as RFC 6143 has it. */
function cutText(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const head = Buffer.from([6, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

const [controlKey, letterA, letterV] = [0xff_e3, 0x61, 0x76];

function keyEvent(keysym: number, isDown: boolean): Buffer {
  const message = Buffer.from([4, isDown ? 1 : 0, 0, 0, 0, 0, 0, 0]);
  message.writeUInt32BE(keysym, 4);
  return message;
}

test("what a person copied is pasted where that is allowed, and nowhere else", async () => {
  const limits = { idleMs: 60_000, limitMs: 60_000, absentMs: 60_000 };
  const { database } = store;
  const live = { limits, allowsClipboard: true };
  const allowing = await startTestHost({ database, settings: visible, live });
  const session = await openLiveSession({ host: allowing, store }, site.url, signal);
  await expect.poll(() => pasteInto(session), patient).toBe("from the clipboard");
  await allowing.close();
  expect(await pasteInto(await openSession())).toBe("");
});

/** Replaces what stands in the field by what was copied; a busy display may take the keys before the text. */
async function pasteInto(session: LiveSession): Promise<string> {
  const viewer = await session.look(await session.takeControl());
  viewer.click(fieldAt.x, fieldAt.y);
  viewer.send(cutText("from the clipboard"));
  await viewer.picture();
  for (const letter of [letterA, letterV]) {
    viewer.send(keyEvent(controlKey, true));
    viewer.key(letter);
    viewer.send(keyEvent(controlKey, false));
  }
  await viewer.picture();
  await session.release();
  return session.value();
}

test("who only looks on sends nothing to the display, whatever is sent", long, async () => {
  const session = await openSession();
  const viewer = await session.look();
  const random = randomNumbers(11);
  const times = everyCaseOr(100_000, 3_000);
  for (let count = 0; count < times; count += 1) {
    const message = inputs[count % inputs.length]?.(random) ?? Buffer.alloc(0);
    const cut = random(message.length + 1);
    for (const part of [message.subarray(0, cut), message.subarray(cut)]) viewer.send(part);
    // Keeps what waits in memory small, and shows that the connection is understood still.
    if (count % 1_000 === 999) await viewer.picture();
  }
  await viewer.picture();
  expect((await session.seen()).filter((input) => !isResting(input))).toEqual([]);

  const control = await session.takeControl();
  const holder = await session.look(control);
  holder.click(fieldAt.x, fieldAt.y);
  await holder.picture();
  await session.release();
  await expect
    .poll(async () => (await session.seen()).some(({ type }) => type === "click"), patient)
    .toBe(true);
});

/** Chromium itself tells a page that the pointer rests over it, in the middle of the display. */
function isResting({ type, x, y }: SeenInput): boolean {
  return type === "mousemove" && x === 640 && y === 363;
}

/** Keys, pointer, QEMU's keys, clipboards, another size, power off, other devices. */
const inputs: readonly ((random: (below: number) => number) => Buffer)[] = [
  (random) => Buffer.from([4, random(2), 0, 0, 0, 0, 0, 0x20 + random(0x5e)]),
  (random) => Buffer.from([5, random(256), random(6), random(256), random(4), random(256)]),
  (random) => Buffer.from([255, 0, 0, 1, 0, 0, 0, 0x61, 0, 0, 0, random(128)]),
  () => Buffer.from([6, 0, 0, 0, 0, 0, 0, 2, 0x61, 0x62]),
  () => Buffer.from([6, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc, 0, 0, 0, 1]),
  () => Buffer.from([251, 0, 2, 0, 2, 0, 0, 0]),
  () => Buffer.from([250, 0, 1, 2]),
  () => Buffer.from([253, 0x80, 0, 2, 1, 1]),
];

test("after the grant nothing that automation had begun reaches the page", long, async () => {
  const times = everyCaseOr(200, 3);
  const session = await openSession();
  let late = 0;
  let before = 0;
  for (let run = 0; run < times; run += 1) {
    const worker = await session.attach();
    const { page } = worker;
    await page.evaluate("window.seen.length = 0");
    const agent = keepTyping(worker);
    const random = randomNumbers(run);
    await expect
      .poll(() => page.evaluate("window.seen.length"), { interval: 1, ...patient })
      .toBeGreaterThan(random(12));
    const control = await session.takeControl();
    const grantedAt = performance.timeOrigin + performance.now();
    await agent;
    const viewer = await session.look(control);
    viewer.click(fieldAt.x + 100, fieldAt.y);
    await viewer.picture();
    await session.release();
    const seen = await session.seen();
    // The person's own click is where no agent clicks.
    const byAgent = seen.filter(({ type, x }) => type === "keydown" || x === agentAt.x);
    before += byAgent.length;
    late += byAgent.filter(({ at }) => at > grantedAt).length;
  }
  expect(before).toBeGreaterThan(times);
  expect(late).toBe(0);
});

const agentAt = { x: 150, y: 140 };

/** As fast as it gets through, and with commands on their way at any moment. */
async function keepTyping({ page }: Awaited<ReturnType<LiveSession["attach"]>>): Promise<void> {
  const stop = () => undefined;
  const hands = Array.from({ length: 3 }, async () => {
    for (;;) {
      await page.mouse.click(agentAt.x, agentAt.y);
      await page.keyboard.press("a");
    }
  });
  await Promise.allSettled(hands.map((hand) => hand.catch(stop)));
}

test("control is one window's: others and workers wait, and a new connection keeps it", async () => {
  const session = await openSession();
  const worker = await session.attach();
  const first = await session.takeControl();
  await expect(worker.page.evaluate("1")).rejects.toThrow(/closed/);
  await expect(session.takeControl()).rejects.toMatchObject({ code: "CONTROL_TAKEN" });
  await expect(session.attach()).rejects.toMatchObject({ code: "CONTROL_TAKEN" });
  await expect(session.look(randomUUID())).rejects.toThrow("refused with 409");

  const viewer = await session.look(first);
  await viewer.close();
  await session.takeControl(first);
  const again = await session.look(first);
  again.click(fieldAt.x, fieldAt.y);
  again.type("kept");
  await again.picture();
  const view = await host.client.getSession(session.sessionId, signal);
  expect(view).toMatchObject({ owner: `person:${session.task.userId}`, viewers: 1 });

  await session.release();
  await again.closed;
  await expect.poll(() => session.value(), patient).toBe("kept");
  await session.takeControl();
});

test("who looks on is told who has control as they come and with every change, unless they speak RFB alone", async () => {
  const session = await openSession();
  const plain = await session.look();
  const first = listenTo(session);
  await expect.poll(() => first.since, patient).toEqual([null]);
  await session.takeControl();
  await expect.poll(() => first.since.length, patient).toBe(2);
  const taken = first.since.at(-1);
  expect(Date.now() - Date.parse(taken ?? "")).toBeLessThan(patient.timeout);
  const later = listenTo(session);
  await expect.poll(() => later.since, patient).toEqual([taken]);
  await session.release();
  await expect.poll(() => later.since, patient).toEqual([taken, null]);
  await expect.poll(() => first.since, patient).toEqual([null, taken, null]);
  // Whatever stood between its pictures would be taken for a part of one.
  expect((await plain.picture()).length).toBeGreaterThan(0);
});

/** A viewer that leaves the picture alone. */
function listenTo({ sessionId, task }: LiveSession): { readonly since: (string | null)[] } {
  const since: (string | null)[] = [];
  const webSocket = host.client.openDisplay(sessionId, task, ["valet.live.1", "binary"]);
  webSocket.on("message", (data: Buffer, isBinary: boolean) => {
    if (!isBinary) since.push(LiveMessage.parse(JSON.parse(data.toString())).since);
  });
  return { since };
}

test("what a person presses is kept at the gate and counted, and the page keeps its values", async () => {
  const session = await openSession();
  const control = await session.takeControl();
  const viewer = await session.look(control);
  viewer.click(fieldAt.x, fieldAt.y);
  viewer.type("Ada");
  viewer.click(buttonAt.x, buttonAt.y);
  await expect
    .poll(async () => (await host.client.getSession(session.sessionId, signal)).control, patient)
    .toEqual({ refused: 1 });
  expect(site.posts()).toBe(0);
  await session.release();
  expect(await session.value()).toBe("Ada");
});

test("a person who does nothing, is away, or has had control for long loses it and is told", async () => {
  const limits = { idleMs: 60_000, limitMs: 60_000, absentMs: 60_000 };
  const cases = [
    { change: { idleMs: 300 }, ending: { code: 4001, reason: "idle" } },
    { change: { limitMs: 300 }, ending: { code: 4002, reason: "time_limit" } },
    { change: { absentMs: 300 }, ending: undefined },
  ];
  for (const { change, ending } of cases) {
    const live = { limits: { ...limits, ...change }, allowsClipboard: false };
    const database = store.database;
    const other = await startTestHost({ database, settings: visible, live });
    const session = await openLiveSession({ host: other, store }, site.url, signal);
    const control = await session.takeControl();
    // Who is away has no connection that could be told.
    const viewer = ending === undefined ? undefined : await session.look(control);
    expect(await viewer?.closed).toEqual(ending);
    // Automation comes in again by itself.
    await expect.poll(() => session.value().catch(String), patient).toBe("");
    await other.close();
  }
});

test("a viewer that stops reading is cut, and neither the session nor another viewer suffers", async () => {
  const session = await openSession();
  const [stuck, other] = [await session.look(), await session.look()];
  stuck.webSocket.pause();
  const request = Buffer.from([3, 0, 0, 0, 0, 0, 5, 0, 3, 0x84]);
  const { viewers } = await host.client.getSession(session.sessionId, signal);
  expect(viewers).toBe(2);
  const viewersLeft = async () =>
    (await host.client.getSession(session.sessionId, signal)).viewers ?? 0;
  await expect
    .poll(
      async () => {
        for (let count = 0; count < 5; count += 1) stuck.send(request);
        await other.picture();
        return viewersLeft();
      },
      { timeout: 60_000 },
    )
    .toBe(1);
  expect(await session.value()).toBe("");
  expect((await other.picture()).length).toBeGreaterThan(0);
  stuck.webSocket.terminate();
});

test("several sessions with several viewers: each sees its own alone", long, async () => {
  const count = everyCaseOr(8, 3);
  const colors = ["ff0000", "00ff00", "0000ff", "ffff00", "ff00ff", "00ffff", "800000", "008000"];
  const sessions = [];
  for (const color of colors.slice(0, count)) {
    sessions.push({ color, session: await openSession(color) });
  }
  await Promise.all(
    sessions.map(async ({ color, session }) => {
      const viewer = await session.look();
      await expect.poll(async () => colorAt(await viewer.picture()), patient).toBe(color);
    }),
  );
});

/** In the middle of the page, as a style sheet writes it. */
function colorAt(pixels: Buffer): string {
  const at = (600 * 1281 + 900) * 4;
  const [blue, green, red] = pixels.subarray(at, at + 3);
  return [red, green, blue].map((part = 0) => part.toString(16).padStart(2, "0")).join("");
}

test("nobody looks without the token, at another's session, or at one that has no display", async () => {
  const session = await openSession();
  const other = await store.newTask();
  const stranger = createSessionHostClient({ url: host.url, token: new Secret("wrong") });
  const asStranger = stranger.openDisplay(session.sessionId, session.task, ["binary"]);
  await expect(openRfbViewer(asStranger)).rejects.toThrow("refused with 401");
  for (const [id, task] of [
    [session.sessionId, other],
    ["unknown", session.task],
  ] as const) {
    const opening = host.client.openDisplay(id, task, ["binary"]);
    await expect(openRfbViewer(opening)).rejects.toThrow("refused with 410");
  }
  const headless = await startTestHost({ database: store.database });
  const unseen = await openLiveSession({ host: headless, store }, site.url, signal);
  await expect(unseen.takeControl()).rejects.toMatchObject({ code: "DISPLAY_MISSING" });
  await expect(unseen.look()).rejects.toThrow("refused with 409");
  await headless.close();
});

/** The same ones each time. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
