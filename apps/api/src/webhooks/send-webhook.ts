import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type Socket, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import type { DeliveryResult } from "@valet/db";
import type { ReceiverDialer } from "./judge-webhook-url.ts";

export interface OutgoingWebhook {
  /** As it was stored. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** From the look-up of the name to the head of the answer. */
const limitMs = 10_000;
/** So much of an answer's body is taken off the receiver's hands, and dropped. */
const mostBodyBytes = 4_096;

/**
 * One POST over a connection of its own. No answer is followed anywhere, and none of its text is kept. The
 * certificate is checked against the name in the address, not the one that was dialled.
 *
 * Throws the signal's reason once the signal is aborted; nothing else.
 */
export async function sendWebhook(
  dialer: Pick<ReceiverDialer, "dial">,
  message: OutgoingWebhook,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(limitMs);
  const ms = () => performance.now() - started;
  try {
    const url = new URL(message.url);
    const either = AbortSignal.any([signal, timeout]);
    const dialled = await dialer.dial(url, either);
    if (dialled.kind === "refused") return { kind: "unanswered", reason: "REFUSED", ms: ms() };
    either.throwIfAborted();
    if (dialled.kind !== "connected") throw new Error("not connected");
    const status = await post(dialled.socket, url, message, either);
    return { kind: "answered", status, ms: ms() };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "unanswered", reason: timeout.aborted ? "TIMEOUT" : reasonOf(error), ms: ms() };
  }
}

async function post(
  socket: Socket,
  url: URL,
  { headers, body }: OutgoingWebhook,
  signal: AbortSignal,
): Promise<number> {
  try {
    const asked = askOver(socket, url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "user-agent": "Valet-Webhooks/1",
        connection: "close",
        ...headers,
      },
      signal,
    });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      asked.once("response", resolve).once("error", reject);
      asked.end(body);
    });
    // The status decides; a body that breaks off changes nothing.
    await drop(answer).catch(() => undefined);
    return answer.statusCode ?? 0;
  } finally {
    socket.destroy();
  }
}

interface AskOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

function askOver(socket: Socket, url: URL, options: AskOptions): ClientRequest {
  if (url.protocol === "http:") {
    return requestHttp(url, { ...options, createConnection: () => socket });
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const name = isIP(host) === 0 ? { servername: host.replace(/\.$/, "") } : {};
  return requestHttps(url, {
    ...options,
    createConnection: () => connectTls({ socket, host, ALPNProtocols: ["http/1.1"], ...name }),
  });
}

async function drop(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += Buffer.byteLength(chunk);
    if (bytes >= mostBodyBytes) return;
  }
}

/** A short code such as `ECONNRESET`; what a receiver or a certificate says in words is not kept. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : "UNREACHABLE";
}
