import { createSocket } from "node:dgram";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { egressArgs } from "../egress-args.ts";
import { launchTestBrowser } from "../test-browser.fixture.ts";
import type { EgressProxy } from "./create-egress-proxy.ts";
import { listen, openTestProxy } from "./egress-site.fixture.ts";
import { evaluate, openWirePage } from "./wire-browser.fixture.ts";
import { type WireGate, openWireGate } from "./wire-gate.fixture.ts";
import { type WireSite, makeWireCertificate, startWireSite } from "./wire-site.fixture.ts";

const patient = { timeout: 20_000 };
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

interface Opened {
  readonly site: WireSite;
  readonly proxy: EgressProxy;
  readonly gate: WireGate;
}

/** A browser behind proxy and gate, or behind the gate alone, and a site for it. */
async function open(isProxied: boolean, onHeld?: (proxy: EgressProxy) => void): Promise<Opened> {
  const site = await startWireSite("http", "answer", await makeWireCertificate());
  const proxy = await openTestProxy();
  const args = isProxied ? { args: egressArgs(proxy.address) } : {};
  const browser = await launchTestBrowser(args);
  opened.push(site, proxy, browser);
  const held = onHeld === undefined ? {} : { onHeld: () => onHeld(proxy) };
  const gate = await openWireGate({ pipe: browser.pipe, proxy, ...held });
  return { site, proxy, gate };
}

/** STUN packets that arrive while a page gathers its addresses for a call. */
async function countStun(isProxied: boolean): Promise<number> {
  const { site, gate } = await open(isProxied);
  const stun = createSocket("udp4");
  let packets = 0;
  stun.on("message", () => (packets += 1)).bind(0, "127.0.0.1");
  await once(stun, "listening");
  const { sessionId } = await openWirePage(gate, site.origin);
  const gathering = `new Promise((resolve) => {
    const call = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:${stun.address().port}" }] });
    call.createDataChannel("x");
    call.onicegatheringstatechange = () => call.iceGatheringState === "complete" && resolve("done");
    call.setLocalDescription();
    setTimeout(resolve, 5000, "late");
  })`;
  await evaluate(gate, sessionId, gathering);
  await new Promise((resolve) => {
    stun.close(() => resolve(undefined));
  });
  return packets;
}

test("a page's call sends no packet past the proxy, and does without it", async () => {
  expect(await countStun(true)).toBe(0);
  expect(await countStun(false)).toBeGreaterThan(0);
});

test("a page reaches nothing that the dialer does not permit, by whatever means", async () => {
  const { site, proxy, gate } = await open(true);
  const canary = await listen(undefined, "127.0.0.2");
  opened.push(canary);
  const { sessionId } = await openWirePage(gate, site.origin);
  const places = ["127.0.0.2", "0x7f.2", "2130706434", "[::ffff:127.0.0.2]", "canary.example"];
  for (const place of places) {
    const at = `${place}:${canary.port}`;
    const tries = `Promise.allSettled([
      fetch("http://${at}/", { mode: "no-cors" }),
      fetch("https://${at}/", { mode: "no-cors" }),
      new Promise((_, fail) => { new WebSocket("ws://${at}/").onerror = fail; }),
      new Promise((_, fail) => { const image = new Image(); image.onerror = fail; image.src = "http://${at}/"; }),
    ]).then((all) => all.length)`;
    expect(await evaluate(gate, sessionId, tries)).toBe(4);
  }
  expect(canary.dials()).toBe(0);
  expect(proxy.facts().refusedHosts).toBeGreaterThanOrEqual(places.length * 4);
});

/** POSTs that reach the site when its gate is lost while it holds one. */
async function loseGate(onHeld: (proxy: EgressProxy) => void): Promise<number> {
  let isHeld = false;
  const { site, gate } = await open(true, (proxy) => {
    onHeld(proxy);
    isHeld = true;
  });
  const { sessionId } = await openWirePage(gate, site.origin);
  await evaluate(gate, sessionId, 'send("form")');
  await expect.poll(() => isHeld, patient).toBe(true);
  gate.connection.close();
  // Chromium lets the request go when nobody holds it any more: so long it has to come out.
  await new Promise((resolve) => {
    setTimeout(resolve, 1_000);
  });
  return site.begun.length;
}

test("a request that is held when all is cut off never reaches its site", async () => {
  expect(await loseGate((proxy) => proxy.cutOff())).toBe(0);
  expect(await loseGate(() => undefined)).toBe(1);
});
