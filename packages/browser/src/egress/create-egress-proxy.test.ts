import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EgressProxy } from "./create-egress-proxy.ts";
import {
  type Listening,
  type ProxyClient,
  askTunnel,
  connectTo,
  established,
  listen,
  listenHttp,
  openTestProxy,
} from "./egress-site.fixture.ts";

const patient = { timeout: 10_000 };
let proxy: EgressProxy;
const opened: { close(): Promise<void> }[] = [];
const clients: ProxyClient[] = [];

beforeEach(async () => {
  proxy = await openTestProxy();
});

afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy();
  await proxy.close();
  for (const listening of opened.splice(0)) await listening.close();
});

function keep<T extends Listening>(listening: T): T {
  opened.push(listening);
  return listening;
}

async function tunnel(port: number): Promise<ProxyClient> {
  const client = await askTunnel(proxy, `127.0.0.1:${port}`);
  clients.push(client);
  return client;
}

async function openTunnel(port: number): Promise<ProxyClient> {
  const client = await tunnel(port);
  await expect.poll(client.received, patient).toBe(established);
  return client;
}

/** Sends what it is given to the proxy, as it is. */
async function send(text: string): Promise<ProxyClient> {
  const client = await connectTo(proxy.address);
  clients.push(client);
  client.socket.write(text, "latin1");
  return client;
}

/** What comes back for it, once the other side has nothing more to say. */
async function exchange(text: string): Promise<string> {
  const client = await send(text.replace("\r\n", "\r\nConnection: close\r\n"));
  await expect.poll(client.isOver, patient).toBe(true);
  return client.received();
}

/** Answers what has been asked before, so that what came earlier has been dealt with. */
async function settle(): Promise<void> {
  expect(await exchange("GET /settled HTTP/1.1\r\nHost: x\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
}

const post = (port: number): string =>
  `POST http://127.0.0.1:${port}/apply?id=1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 5\r\n\r\nname=`;
const get = (port: number): string =>
  `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
const toWebSocket = "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
const refused = /^HTTP\/1.1 502 /;

test("a tunnel passes bytes both ways, and the end of one direction alone", async () => {
  const site = keep(
    await listen((socket) => {
      let text = "";
      socket.setEncoding("utf8").on("data", (part: string) => (text += part));
      socket.on("end", () => socket.end(`heard ${text}`));
    }),
  );
  const client = await openTunnel(site.port);
  client.socket.end("hello");
  await expect.poll(client.isOver, patient).toBe(true);
  expect(client.received()).toBe(`${established}heard hello`);
});

test("a tunnel takes no more from one side than the other side takes", async () => {
  const site = keep(await listen((socket) => socket.pause()));
  const client = await openTunnel(site.port);
  const part = Buffer.alloc(1024 * 1024);
  const written = () => client.socket.bytesWritten - client.socket.writableLength;
  let before = -1;
  // Until a round of 200 ms moved nothing: then everything between here and the site is full.
  while (written() > before) {
    before = written();
    for (let round = 0; round < 4; round += 1) client.socket.write(part);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
  expect(before).toBeLessThan(64 * 1024 * 1024);
});

test("a target that cannot be reached or is not permitted has no tunnel", async () => {
  const gone = await listen();
  await gone.close();
  const unreachable = await tunnel(gone.port);
  await expect.poll(unreachable.received, patient).toMatch(refused);
  const denied = await askTunnel(proxy, "127.0.0.2:443");
  await expect.poll(denied.received, patient).toMatch(/^HTTP\/1.1 403 /);
  const garbled = await askTunnel(proxy, "ada@127.0.0.1:443");
  await expect.poll(garbled.received, patient).toMatch(/^HTTP\/1.1 400 /);
  expect(proxy.facts()).toEqual({ latched: 0, refusedHosts: 1 });
});

test("a submission begins with the end of every tunnel to its origin, and of no other", async () => {
  const [site, other] = [keep(await listen()), keep(await listen())];
  const mine = [await openTunnel(site.port), await openTunnel(site.port)];
  const others = await openTunnel(other.port);
  proxy.beginSubmission(`https://127.0.0.1:${site.port}`);
  for (const client of mine) await expect.poll(client.isOver, patient).toBe(true);
  await settle();
  expect(others.isOver()).toBe(false);
});

test("during a submission its origin gets one tunnel; when that ends there is no other", async () => {
  const sockets: Socket[] = [];
  const site = keep(await listen((socket) => sockets.push(socket)));
  proxy.beginSubmission(`https://127.0.0.1:${site.port}`);
  const only = await openTunnel(site.port);
  const waiting = await tunnel(site.port);
  await settle();
  expect(waiting.received()).toBe("");
  expect(site.dials()).toBe(1);

  only.socket.write("the request");
  await expect.poll(() => sockets[0]?.bytesRead, patient).toBe(11);
  sockets[0]?.end(); // it has read the request, and closes without an answer
  await expect.poll(waiting.received, patient).toMatch(refused);
  const late = await tunnel(site.port);
  await expect.poll(late.received, patient).toMatch(refused);
  expect(site.dials()).toBe(1);
  expect(proxy.facts()).toEqual({ latched: 2, refusedHosts: 0 });

  proxy.endSubmission();
  await openTunnel(site.port);
});

test.each(["reset by the site", "left by the browser"])("one tunnel, %s", async (how) => {
  const sockets: Socket[] = [];
  const site = keep(await listen((socket) => sockets.push(socket)));
  proxy.beginSubmission(`https://127.0.0.1:${site.port}`);
  const only = await openTunnel(site.port);
  const waiting = await tunnel(site.port);
  if (how === "reset by the site") sockets[0]?.resetAndDestroy();
  else only.socket.destroy();
  await expect.poll(waiting.received, patient).toMatch(refused);
  expect(site.dials()).toBe(1);
});

test("tunnels that had to wait go on after the answer", async () => {
  const site = keep(await listen());
  proxy.beginSubmission(`https://127.0.0.1:${site.port}`);
  await openTunnel(site.port);
  const waiting = [await tunnel(site.port), await tunnel(site.port)];
  await settle();
  proxy.endSubmission();
  for (const { received } of waiting) await expect.poll(received, patient).toBe(established);
  expect(proxy.facts().latched).toBe(0);
});

test("other origins have their tunnels during a submission, the same host's other port too", async () => {
  const [site, other] = [keep(await listen()), keep(await listen())];
  proxy.beginSubmission(`https://127.0.0.1:${site.port}`);
  await openTunnel(other.port);
  await openTunnel(other.port);
  expect(other.dials()).toBe(2);
});

test("a tunnel that cannot be dialled was the only one", async () => {
  const gone = await listen();
  await gone.close();
  proxy.beginSubmission(`https://127.0.0.1:${gone.port}`);
  const first = await tunnel(gone.port);
  await expect.poll(first.received, patient).toMatch(refused);
  expect(proxy.facts().latched).toBe(0);
  const second = await tunnel(gone.port);
  await expect.poll(second.received, patient).toMatch(refused);
  expect(proxy.facts().latched).toBe(1);
});

test("a tunnel whose browser has left while it waited takes nobody's place", async () => {
  const site = keep(await listen());
  const origin = `https://127.0.0.1:${site.port}`;
  proxy.beginSubmission(origin);
  await openTunnel(site.port);
  const leaver = await tunnel(site.port);
  await settle();
  leaver.socket.end();
  await settle();
  proxy.beginSubmission(origin);
  await openTunnel(site.port);
  expect(site.dials()).toBe(2);
});

test("a redirect that repeats the submission has a connection of its own again", async () => {
  const site = keep(await listen());
  const origin = `https://127.0.0.1:${site.port}`;
  proxy.beginSubmission(origin);
  const first = await openTunnel(site.port);
  const waiting = await tunnel(site.port);
  await settle();
  proxy.beginSubmission(origin);
  await expect.poll(first.isOver, patient).toBe(true);
  await expect.poll(waiting.received, patient).toBe(established);
  const late = await tunnel(site.port);
  waiting.socket.destroy();
  await expect.poll(late.received, patient).toMatch(refused);
});

test("a plain request goes on with what is its own, and without what is the connection's", async () => {
  const seen: (readonly string[])[] = [];
  const site = keep(
    await listenHttp((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part: string) => (body += part));
      request.on("end", () => {
        const { method, url, rawHeaders } = request;
        const named = rawHeaders.map((name, index) => `${name}: ${rawHeaders[index + 1]}`);
        seen.push([`${method} ${url} ${body}`, ...named.filter((_, index) => index % 2 === 0)]);
        response.sendDate = false;
        const headers = ["Set-Cookie", "a=1", "x-b", "1", "Keep-Alive", "timeout=5"];
        response.writeHead(201, "Noted", [...headers, "set-cookie", "c=2"]);
        response.write("tw");
        response.end("ice");
      });
    }),
  );
  const answer = await exchange(
    `POST http://127.1:${site.port}/apply?id=1 HTTP/1.1\r\nHost: elsewhere\r\nproxy-connection: keep-alive\r\nProxy-Authorization: Basic x\r\nx-Odd-Case: \u00e9\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nnam\r\n2\r\ne=\r\n0\r\n\r\n`,
  );
  expect(seen).toEqual([
    [
      "POST /apply?id=1 name=",
      `Host: 127.0.0.1:${site.port}`,
      "x-Odd-Case: \u00e9",
      "Connection: close",
      "Transfer-Encoding: chunked",
    ],
  ]);
  expect(answer).toBe(
    "HTTP/1.1 201 Noted\r\nSet-Cookie: a=1\r\nx-b: 1\r\nset-cookie: c=2\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\ntw\r\n3\r\nice\r\n0\r\n\r\n",
  );
});

test("announcements before an answer pass, and so does an answer without a body", async () => {
  const site = keep(
    await listen((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 103 Early Hints\r\nLink: <not: well formed\r\n\r\n");
        socket.end("HTTP/1.1 204 No Content\r\n\r\n");
      });
    }),
  );
  const answer = await exchange(get(site.port));
  expect(answer).toMatch(
    /^HTTP\/1.1 103 Early Hints\r\nLink: <not: well formed\r\n\r\nHTTP\/1.1 204 /,
  );
});

test("a client that waits for 100 is told when the site says so", async () => {
  const site = keep(
    await listenHttp((request, response) => {
      request.resume().on("end", () => response.end("done"));
    }),
  );
  const client = await send(
    post(site.port).replace("\r\n\r\nname=", "\r\nExpect: 100-continue\r\n\r\n"),
  );
  await expect.poll(client.received, patient).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  client.socket.write("name=");
  await expect.poll(client.received, patient).toMatch(/done$/);
});

test.each([
  ["closes", (socket: Socket) => socket.end()],
  ["resets", (socket: Socket) => socket.resetAndDestroy()],
  ["answers with nonsense", (socket: Socket) => socket.end("SSH-2.0\r\n\r\n")],
  ["answers 407", (socket: Socket) => socket.end("HTTP/1.1 407 x\r\n\r\n")],
  ["changes protocols", (socket: Socket) => socket.end(`HTTP/1.1 101 x\r\n${toWebSocket}`)],
  ["answers 099", (socket: Socket) => socket.end("HTTP/1.1 099 x\r\n\r\n")],
])("a site that reads a POST and %s is asked once and leaves a 502", async (_how, answer) => {
  let requests = 0;
  const site = keep(
    await listen((socket) => {
      socket.once("data", () => {
        requests += 1;
        answer(socket);
      });
    }),
  );
  expect(await exchange(post(site.port))).toMatch(refused);
  expect([requests, site.dials()]).toEqual([1, 1]);
});

test("an answer whose words cannot be written passes without them", async () => {
  const site = keep(
    await listen((socket) => {
      socket.once("data", () =>
        socket.end("HTTP/1.1 200 \u0001\u0007\r\nX: \u00e9\r\n\r\nbody", "latin1"),
      );
    }),
  );
  expect(await exchange(get(site.port))).toMatch(/^HTTP\/1.1 200 \r\nX: \u00e9\r\n.*body/s);
});

test("an answer that breaks off does not pass for a whole one", async () => {
  const site = keep(
    await listenHttp((_request, response) => {
      response.write("half");
      setImmediate(() => response.destroy());
    }),
  );
  const answer = await exchange(get(site.port));
  expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(answer).not.toMatch(/0\r\n\r\n$/);
});

test("during a plain submission its origin gets one request that changes something", async () => {
  const methods: string[] = [];
  const site = keep(
    await listenHttp((request, response) => {
      methods.push(request.method ?? "");
      response.end("done");
    }),
  );
  const idle = await send(get(site.port));
  await expect.poll(idle.received, patient).toMatch(/done/);
  proxy.beginSubmission(`http://127.0.0.1:${site.port}`);
  await expect.poll(idle.isOver, patient).toBe(true);

  expect(await exchange(get(site.port))).toMatch(/done/);
  expect(await exchange(post(site.port))).toMatch(/done/);
  expect(await exchange(post(site.port))).toMatch(refused);
  expect(await exchange(post(site.port).replace("POST", "PUT"))).toMatch(refused);
  expect(await exchange(get(site.port))).toMatch(/done/);
  expect(methods).toEqual(["GET", "GET", "POST", "GET"]);
  expect(proxy.facts().latched).toBe(2);

  proxy.endSubmission();
  expect(await exchange(post(site.port))).toMatch(/done/);
});

test("a plain request that is under way when a submission begins has its answer", async () => {
  const answers: (() => void)[] = [];
  const site = keep(
    await listenHttp((_request, response) => {
      answers.push(() => response.end("late"));
    }),
  );
  const client = await send(post(site.port));
  await expect.poll(() => answers.length, patient).toBe(1);
  proxy.beginSubmission(`http://127.0.0.1:${site.port}`);
  for (const answer of answers) answer();
  await expect.poll(client.received, patient).toMatch(/late/);
});

test("a WebSocket asked for by a plain request becomes a tunnel, which a submission ends", async () => {
  const server = createServer().on("upgrade", (_request, socket) => {
    socket.write("HTTP/1.1 101 Fine\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfirst ");
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  const asking = get(port).replace(
    "\r\n\r\n",
    "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  );
  const client = await send(asking);
  await expect.poll(client.received, patient).toMatch(/^HTTP\/1.1 101 .*\r\n\r\nfirst $/s);
  client.socket.write("echo");
  await expect.poll(client.received, patient).toMatch(/first echo$/);
  proxy.beginSubmission(`http://127.0.0.1:${port}`);
  await expect.poll(client.isOver, patient).toBe(true);

  const changing = await exchange(asking.replace("GET", "POST"));
  expect(changing).toMatch(/^HTTP\/1.1 400 /);
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

test("a site that does not change protocols answers as it likes", async () => {
  const site = keep(
    await listenHttp((_request, response) => response.writeHead(426).end("not here")),
  );
  const answer = await exchange(get(site.port).replace("\r\n\r\n", `\r\n${toWebSocket}`));
  expect(answer).toMatch(/^HTTP\/1.1 426 .*not here/s);
});

test("once cut off, nothing passes: not what is open, not what waits, not what comes", async () => {
  let received = 0;
  const site = keep(
    await listen((socket) => socket.on("data", (part) => (received += part.length))),
  );
  const open = await openTunnel(site.port);
  const plain = await send(post(site.port));
  await expect.poll(() => received, patient).toBeGreaterThan(0);
  proxy.beginSubmission(`https://127.0.0.1:${site.port}`);
  const only = await openTunnel(site.port);
  const waiting = await tunnel(site.port);
  await settle();
  const before = received;
  const [dials, all] = [site.dials(), [open, plain, only, waiting]];

  proxy.cutOff();
  for (const client of all) client.socket.write("late");
  for (const client of all) await expect.poll(client.isOver, patient).toBe(true);
  await expect(connectTo(proxy.address)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  proxy.endSubmission();
  expect([received, site.dials()]).toEqual([before, dials]);
});
