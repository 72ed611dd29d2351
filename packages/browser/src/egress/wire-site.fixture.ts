import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import {
  type Http2ServerRequest,
  type Http2ServerResponse,
  type Http2Session,
  constants,
  createServer as createHttp2Server,
} from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import { Duplex } from "node:stream";
import { type TlsOptions, createServer as createTlsServer } from "node:tls";
import { generate } from "selfsigned";

export const protocols = ["http", "https", "h2"] as const;
export type Protocol = (typeof protocols)[number];

/** What a site does with a POST that it has read, or half read. */
export const endings = [
  "answer",
  "FIN",
  "RST",
  "half read",
  "head, then closed",
  "GOAWAY",
  "refused stream",
  "307",
  "308",
  "408",
  "421",
  "503",
] as const;
export type Ending = (typeof endings)[number];

export interface WireSite {
  readonly origin: string;
  /** POSTs whose body was read to its end, by path, in the order in which they came. */
  readonly stored: readonly string[];
  /** POSTs whose head arrived. */
  readonly begun: readonly string[];
  close(): Promise<void>;
}

export interface WireCertificate {
  readonly cert: string;
  readonly key: string;
  /** The argument with which Chromium accepts it. */
  readonly trustArg: string;
}

export async function makeWireCertificate(): Promise<WireCertificate> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "wire site" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const spki = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  const pin = createHash("sha256").update(spki).digest("base64");
  return { cert, key, trustArg: `--ignore-certificate-errors-spki-list=${pin}` };
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly raw: Socket | undefined;
  readonly tls: Socket | undefined;
  readonly session: Http2Session | undefined;
}

/** A site with a form in its page, in a frame of it, and under script; its POSTs end as told. */
export async function startWireSite(
  protocol: Protocol,
  ending: Ending,
  { cert, key }: WireCertificate,
): Promise<WireSite> {
  const [stored, begun]: [string[], string[]] = [[], []];
  /** The TCP sockets, also those below TLS, by the port of their other side. */
  const raws = new Map<number, Socket>();
  const sessions: H2Sessions = new Map();

  function onRequest(request: Request, response: Response): void {
    const path = request.url ?? "/";
    if (request.method !== "POST") {
      answer(response, 200, { "content-type": "text/html" }, path === "/frame" ? form : page);
      return;
    }
    begun.push(path);
    const session = "stream" in request ? request.stream.session : undefined;
    const tls = session === undefined ? undefined : sessions.get(session);
    const raw = raws.get((tls ?? request.socket).remotePort ?? 0);
    const exchange = { request, response, raw, tls, session };
    request.on("error", () => undefined);
    if (ending === "half read") {
      request.once("data", () => cut(exchange));
      return;
    }
    request.resume();
    request.on("end", () => {
      stored.push(path);
      end(exchange, ending, path);
    });
  }

  const server: Server =
    protocol === "http"
      ? createServer(onRequest)
      : protocol === "https"
        ? createHttpsServer({ cert, key }, onRequest)
        : createH2Server({ cert, key }, { onRequest, sessions });
  server.on("connection", (socket) => {
    if (socket.remotePort === undefined) return;
    raws.set(socket.remotePort, socket);
    socket.on("error", () => undefined);
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    origin: `${protocol === "http" ? "http" : "https"}://127.0.0.1:${port}`,
    stored,
    begun,
    async close() {
      server.close();
      for (const socket of raws.values()) socket.destroy();
    },
  };
}

type H2Sessions = Map<Http2Session, Socket>;

interface H2Parts {
  readonly onRequest: (request: Request, response: Response) => void;
  /** The TLS connection of each session. */
  readonly sessions: H2Sessions;
}

/** HTTP/2 over a stream of ours, between which and TLS a frame of our own can be slipped in. */
function createH2Server(tls: TlsOptions, { onRequest, sessions }: H2Parts): Server {
  const http2 = createHttp2Server(onRequest);
  http2.on("sessionError", () => undefined);
  return createTlsServer({ ...tls, ALPNProtocols: ["h2"] }, (socket) => {
    const between = new Duplex({
      read: () => undefined,
      write: (chunk, _encoding, done) => void socket.write(chunk, () => done()),
      final: (done) => void socket.end(() => done()),
    });
    socket.on("data", (chunk) => between.push(chunk));
    socket.on("end", () => between.push(null)).on("error", () => undefined);
    socket.on("close", () => between.destroy());
    between.on("error", () => undefined).on("close", () => socket.destroy());
    http2.once("session", (session) => sessions.set(session, socket));
    http2.emit("connection", between);
  });
}

function end(exchange: Exchange, ending: Ending, path: string): void {
  const { response, raw, request } = exchange;
  switch (ending) {
    case "FIN":
    case "half read":
      cut(exchange);
      return;
    case "RST":
      raw?.resetAndDestroy();
      return;
    case "head, then closed":
      answerHalf(exchange);
      return;
    case "GOAWAY":
      // By hand: Node says it only with the number of a stream that it has read.
      exchange.tls?.write(goAwayFromTheFirst);
      return;
    case "refused stream":
      if ("stream" in request) request.stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return;
    case "307":
    case "308":
      if (path === "/apply") answer(response, Number(ending), { location: "/applied" });
      else answer(response, 200, { "content-type": "text/html" }, thanks);
      return;
    case "503":
      answer(response, 503, { "retry-after": "1", "content-type": "text/html" }, thanks);
      return;
    case "408":
    case "421":
      answer(response, Number(ending), { "content-type": "text/html" }, thanks);
      return;
    case "answer":
      answer(response, 200, { "content-type": "text/html" }, thanks);
  }
}

function answer(
  response: Response,
  status: number,
  headers: Record<string, string>,
  body = "",
): void {
  if ("stream" in response) response.writeHead(status, headers).end(body);
  else response.writeHead(status, headers).end(body);
}

function cut({ request, session }: Exchange): void {
  if (session === undefined) request.socket.destroy();
  else session.destroy();
}

function answerHalf(exchange: Exchange): void {
  const { response } = exchange;
  const headers = { "content-type": "text/html", "content-length": "100" };
  if ("stream" in response)
    response.writeHead(200, headers).stream.write("<h1>", () => cut(exchange));
  else response.writeHead(200, headers).write("<h1>", () => cut(exchange));
}

/** GOAWAY, last stream 0, no error: whatever was sent may be sent again. */
const goAwayFromTheFirst = Buffer.from("0000080700000000000000000000000000", "hex");

const thanks = "<!doctype html><title>Thanks</title>";

const form = `<!doctype html><title>Form</title>
<form method="post" action="/apply"><input name="name"></form>
<script>document.forms[0].elements.name.value = "x".repeat(50_000)</script>`;

/** `send(way)` submits once. The icon is inline, so that nothing but the page is asked for. */
const page = `<!doctype html><title>Form</title><link rel="icon" href="data:,">
<form method="post" action="/apply"><input name="name"></form>
<iframe src="/frame"></iframe>
<script>
  const body = new URLSearchParams({ name: "x".repeat(50_000) });
  const form = document.forms[0];
  form.elements.name.value = body.get("name");
  const ways = {
    form: () => form.submit(),
    frame: () => frames[0].document.forms[0].submit(),
    popup: () => { form.target = "_blank"; form.submit(); },
    beacon: () => navigator.sendBeacon("/apply", body),
    fetch: () => fetch("/apply", { method: "POST", body }).catch(() => {}),
    xhr: () => { const xhr = new XMLHttpRequest(); xhr.open("POST", "/apply"); xhr.send(body); },
  };
  const send = (way) => void ways[way]();
</script>`;
