import { type ClientRequest, type IncomingMessage, type ServerResponse, request } from "node:http";
import type { Socket } from "node:net";
import { pipeline } from "node:stream";
import type { EgressDeps } from "./egress-deps.ts";
import { endToEndHeaders, headersFor } from "./end-to-end-headers.ts";
import { rawHead } from "./raw-head.ts";
import { readHttpUrl, targetKey } from "./read-target.ts";

/** Cookies of some sites fill more than Node's 16 KiB. */
export const maxHeaderSize = 64 * 1024;

/**
 * Sends a plain request on, over a connection of its own, once: when that dies before the head of an
 * answer, the answer is 502.
 */
export async function forwardRequest(
  deps: EgressDeps,
  asked: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.sendDate = false;
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  const read = readHttpUrl(asked.url ?? "");
  if (read === undefined) {
    refuse(asked, response, 400);
    return;
  }
  const { url, target } = read;
  await deps.hold.free();
  if (!deps.latch.askRequest(targetKey(target), asked.method ?? "GET")) {
    refuse(asked, response, 502);
    return;
  }
  const dialled = await deps.dial(target, leaving.signal);
  if (dialled.kind !== "connected") {
    refuse(asked, response, dialled.kind === "refused" ? 403 : 502);
    return;
  }
  const upstream = startUpstream({ socket: dialled.socket, url, asked });
  leaving.signal.addEventListener("abort", () => void upstream.destroy(), { once: true });
  relayAnswer(upstream, asked, response);
  asked.on("error", () => void upstream.destroy());
  asked.pipe(upstream);
}

interface UpstreamInput {
  readonly socket: Socket;
  readonly url: URL;
  readonly asked: IncomingMessage;
}

function startUpstream({ socket, url, asked }: UpstreamInput): ClientRequest {
  const isChunked = asked.headers["transfer-encoding"] !== undefined;
  const upstream = request({
    createConnection: () => socket,
    method: asked.method ?? "GET",
    path: `${url.pathname}${url.search}`,
    setHost: false,
    headers: [
      ...headersFor(url.host, asked.rawHeaders),
      "Connection",
      "close",
      ...(isChunked ? ["Transfer-Encoding", "chunked"] : []),
    ],
    maxHeaderSize,
  });
  return upstream;
}

function relayAnswer(
  upstream: ClientRequest,
  asked: IncomingMessage,
  response: ServerResponse,
): void {
  // 100 as well. Not by Node's own methods for these, which throw at what they find malformed.
  upstream.on("information", ({ statusCode, rawHeaders }) => {
    response.socket?.write(rawHead(statusCode, endToEndHeaders(rawHeaders)), "latin1");
  });
  upstream.on("response", (answer) => {
    const { statusCode = 502, statusMessage = "", rawHeaders } = answer;
    // From a site a 407 would read as this proxy asking for a password.
    if (statusCode < 200 || statusCode === 407) {
      answer.destroy();
      return;
    }
    const reason = printable.test(statusMessage) ? statusMessage : "";
    response.writeHead(statusCode, reason, endToEndHeaders(rawHeaders));
    // The head at once; Node's flushHeaders would write it as UTF-8, and headers are bytes.
    response.write(Buffer.alloc(0));
    // An answer that breaks off breaks off here as well, so that it cannot pass for a whole one.
    pipeline(answer, response, () => undefined);
  });
  upstream.on("upgrade", (_answer, socket) => void socket.destroy()); // nobody asked for it
  upstream.on("error", () => undefined); // its close says all that matters
  upstream.once("close", () => {
    asked.unpipe(upstream);
    if (!response.headersSent) refuse(asked, response, 502);
  });
}

/** The rest of the body is read and dropped: a reset could overtake the answer. */
function refuse(asked: IncomingMessage, response: ServerResponse, status: 400 | 403 | 502): void {
  asked.resume();
  if (!response.destroyed) response.writeHead(status, { "Content-Length": 0 }).end();
}

/** What Node writes without throwing; it reads more than that from a site. */
const printable = /^[\t -~\u00A0-\u00FF]*$/;
