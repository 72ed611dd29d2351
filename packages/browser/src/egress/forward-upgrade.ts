import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { pipeline } from "node:stream";
import type { EgressDeps } from "./egress-deps.ts";
import { endToEndHeaders, headersFor } from "./end-to-end-headers.ts";
import { maxHeaderSize } from "./forward-request.ts";
import { joinSockets } from "./join-sockets.ts";
import { answerBare, rawHead } from "./raw-head.ts";
import { readHttpUrl, targetKey } from "./read-target.ts";

export interface UpgradeInput {
  readonly asked: IncomingMessage;
  readonly client: Socket;
  /** What the client sent along without waiting. */
  readonly head: Buffer;
}

/**
 * A WebSocket by a plain request; Chromium itself asks for a tunnel. Only a GET may change protocols,
 * so nothing that the latch counts can leave this way.
 */
export async function forwardUpgrade(
  deps: EgressDeps,
  { asked, client, head }: UpgradeInput,
): Promise<void> {
  client.on("error", () => undefined); // its close says all that matters
  const read = asked.method === "GET" ? readHttpUrl(asked.url ?? "") : undefined;
  if (read === undefined) {
    answerBare(client, 400);
    return;
  }
  const leaving = new AbortController();
  const forget = deps.keepTunnel(targetKey(read.target), () => void client.destroy());
  client.once("close", () => {
    leaving.abort();
    forget();
  });
  await deps.hold.free();
  const dialled = await deps.dial(read.target, leaving.signal);
  if (dialled.kind !== "connected") {
    answerBare(client, dialled.kind === "refused" ? 403 : 502);
    return;
  }
  const { socket } = dialled;
  const upstream = request({
    createConnection: () => socket,
    path: `${read.url.pathname}${read.url.search}`,
    setHost: false,
    headers: [...headersFor(read.url.host, asked.rawHeaders), ...upgradeTo(asked)],
    maxHeaderSize,
  });
  leaving.signal.addEventListener("abort", () => void upstream.destroy(), { once: true });
  let isAnswered = false;
  upstream.on("upgrade", (answer, _socket, first) => {
    isAnswered = true;
    const headers = [...endToEndHeaders(answer.rawHeaders), ...upgradeTo(answer)];
    client.write(rawHead(101, headers), "latin1");
    client.write(first);
    socket.write(head);
    joinSockets(deps.hold, { client, upstream: socket });
  });
  upstream.on("response", (answer) => {
    const { statusCode = 502, rawHeaders } = answer;
    isAnswered = true;
    client.write(
      rawHead(statusCode, [...endToEndHeaders(rawHeaders), "Connection", "close"]),
      "latin1",
    );
    pipeline(answer, client, () => client.destroy());
  });
  upstream.on("error", () => undefined); // its close says all that matters
  upstream.once("close", () => {
    if (!isAnswered) answerBare(client, 502);
  });
  upstream.end();
}

function upgradeTo({ headers }: IncomingMessage): string[] {
  return ["Connection", "Upgrade", "Upgrade", headers.upgrade ?? ""];
}
