import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EgressProxy } from "./create-egress-proxy.ts";
import {
  type Listening,
  type ProxyClient,
  askTunnel,
  connectTo,
  established,
  listen,
  openTestProxy,
} from "./egress-site.fixture.ts";

const patient = { timeout: 10_000 };
let proxy: EgressProxy;
let site: Listening;
let received = "";

beforeEach(async () => {
  received = "";
  proxy = await openTestProxy();
  site = await listen((socket) =>
    socket.on("data", (part) => (received += part.toString("latin1"))),
  );
});
afterEach(async () => {
  await proxy.close();
  await site.close();
});

async function openTunnel(): Promise<ProxyClient> {
  const client = await askTunnel(proxy, `127.0.0.1:${site.port}`);
  await expect.poll(client.received, patient).toBe(established);
  return client;
}

async function post(): Promise<ProxyClient> {
  const client = await connectTo(proxy.address);
  const host = `127.0.0.1:${site.port}`;
  client.socket.write(
    `POST http://${host}/apply HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\n\r\nname=`,
  );
  return client;
}

/** That nothing comes can only be waited for. */
const quiet = () => delay(150);

test("what is sent while it is held waits, whatever way it takes", async () => {
  const open = await openTunnel();
  open.socket.write("before");
  await expect.poll(() => received, patient).toBe("before");
  proxy.beginHold();
  open.socket.write("[open]");
  const late = await openTunnel();
  late.socket.write("[late]");
  const plain = await post();
  await quiet();
  expect(received).toBe("before");
  proxy.endHold();
  for (const word of ["[open]", "[late]", "POST /apply"]) {
    await expect.poll(() => received, patient).toContain(word);
  }
  for (const { socket } of [open, late, plain]) socket.destroy();
});

test("what was held when all is cut off goes nowhere", async () => {
  const open = await openTunnel();
  proxy.beginHold();
  open.socket.write("[open]");
  const plain = await post();
  await quiet();
  proxy.cutOff();
  proxy.endHold();
  for (const { isOver } of [open, plain]) await expect.poll(isOver, patient).toBe(true);
  await quiet();
  expect(received).toBe("");
});

test("held twice, it is let go with the second end", async () => {
  const open = await openTunnel();
  proxy.beginHold();
  proxy.beginHold();
  proxy.endHold();
  open.socket.write("[open]");
  await quiet();
  expect(received).toBe("");
  proxy.endHold();
  await expect.poll(() => received, patient).toBe("[open]");
  open.socket.destroy();
});
