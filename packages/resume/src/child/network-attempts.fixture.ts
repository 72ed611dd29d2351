import dgram from "node:dgram";
import dns from "node:dns";
import { once } from "node:events";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";

/**
 * Run as a process of its own: tries every way of Node to the port of this machine that it is given, and
 * says which ones got as far as the network, by an answer or by a refusal that only the network gives.
 */
const port = Number(process.argv[2]);
const host = "127.0.0.1";

async function opened(emitter: NodeJS.EventEmitter, event: string): Promise<void> {
  await once(emitter, event);
}

const attempts: Readonly<Record<string, () => Promise<unknown>>> = {
  "net.connect": () => opened(net.connect(port, host), "connect"),
  "net.Socket": () => opened(new net.Socket().connect({ port, host }), "connect"),
  "net.createServer": () => opened(net.createServer().listen(0, host), "listening"),
  "http.get": () => opened(http.get({ port, host }), "response"),
  "http.createServer": () => opened(http.createServer().listen(0, host), "listening"),
  "https.get": () => opened(https.get({ port, host, rejectUnauthorized: false }), "response"),
  "http2.connect": () => opened(http2.connect(`http://${host}:${port}`), "connect"),
  "tls.connect": () => opened(tls.connect({ port, host }), "secureConnect"),
  fetch: () => fetch(`http://${host}:${port}`),
  WebSocket: () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://${host}:${port}`);
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", reject);
    }),
  "dgram.bind": () => opened(dgram.createSocket("udp4").bind(0, host), "listening"),
  "dgram.send": () =>
    new Promise((resolve, reject) => {
      dgram
        .createSocket("udp4")
        .send("x", port, host, (error) => (error === null ? resolve(undefined) : reject(error)));
    }),
  "dns.lookup": () => dns.promises.lookup("localhost"),
  "dns.resolve4": () => new dns.promises.Resolver({ timeout: 1, tries: 1 }).resolve4("localhost."),
};

/** What TLS says of an answer that is none: it got there. */
const reached =
  /EPROTO|ERR_SSL|ECONNRESET|ECONNREFUSED|EBADRESP|ETIMEOUT|ENOTFOUND|socket hang up/u;

// What a socket says after its attempt is over.
process.on("uncaughtException", () => undefined);

const results: Record<string, boolean> = {};
for (const [name, attempt] of Object.entries(attempts)) {
  results[name] = await Promise.resolve()
    .then(attempt)
    .then(
      () => true,
      (error: unknown) => reached.test(wordsOf(error)),
    );
}
process.send?.(results);
process.exit(0);

/** Of an error and of what caused it. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return `${code} ${error.message} ${error.cause === undefined ? "" : wordsOf(error.cause)}`;
}
