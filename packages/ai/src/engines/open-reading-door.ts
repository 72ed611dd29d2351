import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

const Command = z.looseObject({
  id: z.number(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
  sessionId: z.string().optional(),
});
type Command = z.infer<typeof Command>;

/** What reads, and what says that one is there. */
const passed: ReadonlySet<string> = new Set([
  "Accessibility.enable",
  "Accessibility.getFullAXTree",
  "Browser.getVersion",
  "DOM.describeNode",
  "DOM.enable",
  "DOM.getBoxModel",
  "DOM.getDocument",
  "DOM.getFrameOwner",
  "DOM.getNodeForLocation",
  "Page.enable",
  "Page.getFrameTree",
  "Page.getLayoutMetrics",
  "Page.setLifecycleEventsEnabled",
  "Runtime.enable",
  "Runtime.releaseObject",
  "Runtime.runIfWaitingForDebugger",
  "Target.attachToTarget",
  "Target.detachFromTarget",
  "Target.getTargetInfo",
  "Target.getTargets",
  "Target.setAutoAttach",
  "Target.setDiscoverTargets",
]);

/**
 * What Stagehand does to every page it comes to, and takes for done: scripts of its own, by which it replaces
 * elements of the page by copies, and with them what was typed there and who listens.
 */
const swallowed: Readonly<Record<string, object>> = {
  "Runtime.evaluate": { result: { type: "undefined" } },
  "Page.addScriptToEvaluateOnNewDocument": { identifier: "0" },
  "Network.enable": {},
};

export interface ReadingDoor {
  /** Where CDP is spoken, by one client; nobody guesses it. */
  readonly url: string;
  /** Resolves when the session, its client or whoever opened it has let go. */
  readonly gone: Promise<void>;
  /** How many commands were turned down. */
  refusals(): number;
  close(): void;
}

/**
 * A way to a session's browser that only reads: no input, no navigation, no script, no request touched, no target
 * made, closed or held up. It goes through the session's relay, and ends with it.
 */
export async function openReadingDoor(relayUrl: string, signal: AbortSignal): Promise<ReadingDoor> {
  signal.throwIfAborted();
  const path = `/${randomBytes(24).toString("base64url")}`;
  const { promise: gone, resolve: resolveGone } = Promise.withResolvers<void>();
  const browser = new WebSocket(relayUrl.replace(/^http/u, "ws"), { perMessageDeflate: false });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 });
  const server = createServer((_request, response) => response.writeHead(404).end());
  let client: WebSocket | undefined;
  let refusals = 0;

  function close(): void {
    browser.terminate();
    client?.terminate();
    server.close();
    server.closeAllConnections();
    resolveGone();
  }

  function onCommand(text: string): void {
    const command = Command.safeParse(parse(text));
    if (!command.success) close();
    else if (passed.has(command.data.method)) browser.send(JSON.stringify(inPassing(command.data)));
    else client?.send(JSON.stringify(answer(command.data)));
  }

  function answer({ id, method, sessionId }: Command): object {
    const result = swallowed[method];
    if (result !== undefined) return { id, sessionId, result };
    refusals += 1;
    return { id, sessionId, error: { code: -32_000, message: "Who points does not act." } };
  }

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (request.url !== path || client !== undefined) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      client = opened;
      opened.on("message", (data: Buffer) => onCommand(data.toString("utf8")));
      opened.on("close", close);
      opened.on("error", close);
    });
  });
  browser.on("message", (data: Buffer) => client?.send(data.toString("utf8")));
  browser.on("close", close);
  browser.on("error", close);
  try {
    server.listen(0, "127.0.0.1");
    await Promise.all([
      once(server, "listening", { signal }),
      once(browser, "open", { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) }),
    ]);
  } catch (error) {
    close();
    throw error;
  }
  const { port } = server.address() as AddressInfo; // listening on TCP
  return { url: `ws://127.0.0.1:${port}${path}`, gone, refusals: () => refusals, close };
}

/** Nothing new waits for somebody who may be dead by then. */
function inPassing(command: Command): Command {
  if (command.method !== "Target.setAutoAttach") return command;
  return { ...command, params: { ...command.params, waitForDebuggerOnStart: false } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
