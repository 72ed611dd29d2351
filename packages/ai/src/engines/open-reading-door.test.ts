import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { everyField } from "./every-field.fixture.ts";
import { openEngine } from "./open-engine.ts";
import { type LivePage, openLivePage, quietLog } from "./open-live-page.fixture.ts";
import { openReadingDoor } from "./open-reading-door.ts";

const { signal } = new AbortController();
let live: LivePage;

beforeAll(async () => {
  live = await openLivePage();
  await live.show(everyField);
});
afterAll(() => live.close());

interface Reply {
  readonly id: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: object;
}

/** A client of the door that asks one thing after the other. */
async function enter() {
  const door = await openReadingDoor(live.relayUrl, signal);
  const socket = new WebSocket(door.url);
  onTestFinished(() => door.close());
  await once(socket, "open");
  let id = 0;
  const ask = (method: string, params: object = {}, sessionId?: string): Promise<Reply> => {
    const own = (id += 1);
    const { promise, resolve } = Promise.withResolvers<Reply>();
    const onMessage = (data: Buffer): void => {
      const reply = JSON.parse(data.toString("utf8")) as Reply; // CDP's own
      if (reply.id !== own) return;
      socket.off("message", onMessage);
      resolve(reply);
    };
    socket.on("message", onMessage);
    socket.send(JSON.stringify({ id: own, method, params, sessionId }));
    return promise;
  };
  const { result } = await ask("Target.getTargets");
  const infos = result?.["targetInfos"] as { targetId: string; type: string }[]; // CDP's own
  const targetId = infos.find(({ type }) => type === "page")?.targetId;
  const attached = await ask("Target.attachToTarget", { targetId, flatten: true });
  return { door, socket, ask, sessionId: String(attached.result?.["sessionId"]) };
}

test.each([
  ["Input.dispatchMouseEvent", { type: "mousePressed", x: 1, y: 1, button: "left" }],
  ["Input.insertText", { text: "x" }],
  ["Page.navigate", { url: "about:blank" }],
  ["Page.reload", {}],
  ["Page.captureScreenshot", {}],
  ["Runtime.callFunctionOn", { functionDeclaration: "() => 1" }],
  ["Fetch.enable", {}],
  ["Network.setCookie", { name: "a", value: "b" }],
  ["DOM.setAttributeValue", { nodeId: 1, name: "a", value: "b" }],
  ["DOM.setFileInputFiles", { files: ["/etc/passwd"] }],
  ["DOM.scrollIntoViewIfNeeded", { nodeId: 1 }],
  ["Target.createTarget", { url: "about:blank" }],
  ["Target.closeTarget", {}],
  ["Browser.close", {}],
  ["Anything.else", {}],
])("%s is turned down: who points does not act", async (method, params) => {
  const { ask, sessionId, door } = await enter();

  expect(await ask(method, params, sessionId)).toMatchObject({ error: { code: -32_000 } });
  expect(door.refusals()).toBe(1);
});

test("a script is taken for run and is not; the tree is read", async () => {
  const { ask, sessionId } = await enter();
  const evaluated = await ask("Runtime.evaluate", { expression: "document.title='x'" }, sessionId);
  const tree = await ask("Accessibility.getFullAXTree", {}, sessionId);

  expect(evaluated).toMatchObject({ result: { result: { type: "undefined" } } });
  expect(JSON.stringify(tree)).toContain("Submit application");
  expect(await live.worker.page.title()).toBe("Apply");
});

test("there is room for one client, and for nobody who guesses", async () => {
  const { door, socket } = await enter();
  for (const address of [door.url, door.url.replace(/[^/]+$/u, "guessed")]) {
    const second = new WebSocket(address);
    const [error] = await once(second, "error");
    expect(String(error)).toMatch(/hang up|ECONNRESET/u);
  }
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test("nobody at the door holds up what the page opens later", async () => {
  const arrived: string[] = [];
  const relay = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => relay.close());
  await once(relay, "listening");
  relay.on("connection", (socket) => {
    socket.on("message", (data: Buffer) => {
      arrived.push(data.toString("utf8"));
      socket.send("{}");
    });
  });
  const { port } = relay.address() as AddressInfo; // listening on TCP
  const door = await openReadingDoor(`http://127.0.0.1:${port}`, signal);
  onTestFinished(() => door.close());
  const socket = new WebSocket(door.url);
  await once(socket, "open");
  const params = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
  socket.send(JSON.stringify({ id: 1, method: "Target.setAutoAttach", params }));
  await once(socket, "message");

  expect(arrived.map((text): unknown => JSON.parse(text))).toEqual([
    {
      id: 1,
      method: "Target.setAutoAttach",
      params: { ...params, waitForDebuggerOnStart: false },
    },
  ]);
});

test("stagehand leaves the page as it found it", async () => {
  const { page } = live.worker;
  const state = (): unknown[] => [
    Reflect.get(globalThis, "__stagehandV3__") === undefined,
    Element.prototype.attachShadow.toString().includes("[native code]"),
    Reflect.get(globalThis, "changes"),
  ];
  await page.evaluate(() => {
    const changes: string[] = [];
    Reflect.set(globalThis, "changes", changes);
    new MutationObserver((found) => changes.push(...found.map(({ type }) => type))).observe(
      document,
      { subtree: true, childList: true, attributes: true, characterData: true },
    );
  });
  const engine = await openEngine(
    "stagehand",
    {
      relayUrl: live.relayUrl,
      page,
      model: {
        complete: () =>
          Promise.resolve({
            kind: "answered",
            value: { elements: [] },
            usage: { inputTokens: 1, outputTokens: 1 },
          }),
      },
      blanking: { blank: (conversation) => Promise.resolve({ kind: "blanked", conversation }) },
      log: quietLog,
    },
    signal,
  );
  const field = { label: "City", kind: "combobox", options: [] } as const;

  expect(await engine.locate(field, signal)).toEqual({ kind: "nothing" });
  await engine.close();
  expect(await page.evaluate(state)).toEqual([true, true, []]);
});
