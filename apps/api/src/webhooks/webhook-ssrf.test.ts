import { once } from "node:events";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type AddressInfo, type LookupFunction, type Server, createServer, isIP } from "node:net";
import { type NetworkPolicy, isPrivateAddress } from "@valet/domain";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ReceiverDialer, createReceiverDialer } from "./judge-webhook-url.ts";
import { sendWebhook } from "./send-webhook.ts";

const { signal } = new AbortController();
let port = 0;
let dials = 0;
const servers: Server[] = [];

/** Counts whoever comes, on both loopback addresses. */
beforeAll(async () => {
  for (const address of ["127.0.0.1", "::1"]) {
    const server = createServer((socket) => {
      dials += 1;
      socket.on("error", () => undefined).destroy();
    });
    server.listen(port, address);
    await once(server, "listening");
    port = (server.address() as AddressInfo).port; // listening on TCP
    servers.push(server);
  }
});
afterAll(async () => {
  for (const server of servers) {
    server.close();
    await once(server, "close");
  }
});
beforeEach(() => void (dials = 0));

const names: Readonly<Record<string, readonly string[]>> = {
  "inside.test": ["127.0.0.1"],
  "inside6.test": ["::1"],
  "mapped.test": ["::ffff:127.0.0.1"],
  "mixed.test": ["127.0.0.2", "127.0.0.1"],
  localhost: ["127.0.0.1"],
  "sub.localhost": ["127.0.0.1"],
};
const lookUpHost = async (host: string) => names[host.replace(/\.$/, "")] ?? [];

/** The canary's port is one that receivers may have, so that the address alone can be what is refused. */
const open = (change: Partial<Parameters<typeof createReceiverDialer>[0]> = {}): ReceiverDialer =>
  createReceiverDialer({ allowPrivate: new Set(), lookUpHost, ports: new Set([port]), ...change });

const octet = (value: number): string[] => [
  String(value),
  `0${value.toString(8)}`,
  `0x${value.toString(16)}`,
];
const product = (...parts: readonly string[][]): string[] =>
  parts.reduce(
    (all, part) =>
      all.flatMap((head) => part.map((tail) => [head, tail].filter(Boolean).join("."))),
    [""],
  );

/** Spellings of this machine: every radix in every place, and every number of places. */
const addresses = [
  ...product(octet(127), octet(0), octet(0), octet(1)),
  ...product(octet(127), octet(0), octet(1)),
  ...product(octet(127), octet(1)),
  ...octet(2_130_706_433),
  "0177.0.0.01",
  "0x7F.1",
  "127.0.0.1.",
  "127.1.",
  "①②⑦.⓪.⓪.①",
  "１２７.0.0.1",
  "127。0。0。1",
  "127．0．0．1",
  "%31%32%37.0.0.1",
  "127.0.0.%31",
  "127.0.0.1%2e",
  "0",
  "0.0.0.0",
  "0x0",
  "00",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[0000::0001]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[0:0:0:0:0:ffff:7f00:0001]",
  "[::FFFF:127.0.0.1]",
  "[::]",
  "localhost",
  "LOCALHOST",
  "loc\u00adalhost",
  "localhost.",
  "sub.localhost",
  "inside.test",
  "INSIDE.test.",
  "inside6.test",
  "mapped.test",
  "mixed.test",
];

/** What is one address to one parser and another to the next. */
const confusions = () => [
  `https://example.com@127.0.0.1:${port}/`,
  `https://example.com:443@127.0.0.1:${port}/`,
  `https://example.com%40@127.0.0.1:${port}/`,
  `https://127.0.0.1:${port}#@example.com/`,
  `https://127.0.0.1:${port}?@example.com/`,
  `https://127.0.0.1:${port}\\@example.com/`,
  `https:\\\\127.0.0.1:${port}/`,
  `https:127.0.0.1:${port}/`,
  `https:/127.0.0.1:${port}/`,
  `https:////127.0.0.1:${port}/`,
  `https://127.0.0\t.1:${port}/`,
  `https://127.0.0.1\n:${port}/`,
  ` https://127.0.0.1:${port}/`,
  `HTTPS://127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}/`,
  `http://localhost:${port}/`,
];

const urls = () => [...addresses.map((host) => `https://${host}:${port}/`), ...confusions()];

test.each(["a plain policy", "a policy with practice sites"])(
  "under %s no spelling of an address inside gets a dial, neither when it is given nor when it is used",
  async (which) => {
    const dialer = which === "a plain policy" ? open() : open(practising());
    expect(urls().length).toBeGreaterThanOrEqual(150);
    for (const url of urls()) {
      await expect(dialer.assertAllowed(url), url).rejects.toMatchObject({
        code: "WEBHOOK_URL_REFUSED",
      });
      const result = await sendWebhook(dialer, { url, headers: {}, body: "{}" }, signal);
      expect([url, result.kind]).toEqual([url, "unanswered"]);
    }
    expect(dials).toBe(0);
  },
);

/** As demo and tests have it: what is allowed there opens nothing else of this machine. */
const practising = (): NetworkPolicy => ({
  allowPrivate: new Set([`127.0.0.1:${port - 1}`]),
  practiceHosts: {
    version: 1,
    address: `127.0.0.1:${port}`,
    hosts: ["inside.test", "*.inside.test"],
    authority: "-----BEGIN CERTIFICATE-----",
    publicKeySha256: `${"A".repeat(43)}=`,
  },
  lookUpHost,
});

test("the same addresses reach the canary from a sender that does not look", async () => {
  for (const url of urls()) await sendUnguarded(url);
  expect(dials).toBeGreaterThanOrEqual(150);
});

test.each([
  "169.254.169.254",
  "10.0.0.1",
  "100.64.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "[64:ff9b::a9fe:a9fe]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fd00:ec2::254]",
  "[fe80::1]",
  "[::ffff:a9fe:a9fe]",
  "[::169.254.169.254]",
])("%s is refused, whichever kind of private it is", async (host) => {
  const url = `https://${host}:${port}/`;
  await expect(open().assertAllowed(url)).rejects.toMatchObject({ details: { reason: "private" } });
  expect((await open().dial(new URL(url), signal)).kind).toBe("refused");
});

test("a name that changes its answer is dialled only where it was judged", async () => {
  const outside = createServer((socket) => {
    arrived += 1;
    socket.on("error", () => undefined).destroy();
  });
  let arrived = 0;
  outside.listen(port, "127.0.0.2");
  await once(outside, "listening");
  servers.push(outside);
  let asked = 0;
  const dialer = open({
    lookUpHost: async () => {
      asked += 1;
      return [asked % 2 === 1 ? "127.0.0.2" : "127.0.0.1"];
    },
    isPrivateAddress: (address) => address !== "127.0.0.2" && isPrivateAddress(address),
  });
  const url = `https://rebinding.test:${port}/`;
  for (let index = 0; index < 200; index += 1) {
    await sendWebhook(dialer, { url, headers: {}, body: "{}" }, signal);
  }
  expect([asked, arrived, dials]).toEqual([200, 100, 0]);
});

test("http, other ports and user names are refused, and what the operator allows is not", async () => {
  const dialer = open({
    allowPrivate: new Set([`127.0.0.1:${port}`, `[::1]:${port}`]),
    ports: new Set([443]),
    lookUpHost: async () => ["93.184.215.14"],
  });
  const reasonOf = async (url: string) =>
    dialer.assertAllowed(url).then(
      ({ href }) => href,
      (error: { details?: { reason?: string } }) => error.details?.reason,
    );
  expect(await reasonOf("http://example.test/hook")).toBe("not_https");
  expect(await reasonOf("https://example.test:6379/")).toBe("port");
  expect(await reasonOf("https://ada:secret@example.test/")).toBe("credentials");
  expect(await reasonOf("ftp://example.test/")).toBe("not_an_address");
  expect(await reasonOf("hook")).toBe("not_an_address");
  expect(await reasonOf("https://example.test./hook?a=1#b")).toBe("https://example.test./hook?a=1");
  expect(await reasonOf(`http://127.0.0.1:${port}/hook`)).toBe(`http://127.0.0.1:${port}/hook`);
  expect(await reasonOf(`http://[::1]:${port}/`)).toBe(`http://[::1]:${port}/`);
  expect(await reasonOf(`http://127.0.0.1:${port + 1}/`)).toBe("not_https");
  expect(await reasonOf(`http://127.0.0.2:${port}/`)).toBe("not_https");
});

/** As a sender does that asks its HTTP library alone, with this file's names. */
async function sendUnguarded(text: string): Promise<void> {
  const url = URL.parse(text);
  if (url === null) return;
  const lookup: LookupFunction = (host, { all }, done) => {
    void lookUpHost(host).then((found) => {
      const address = found.at(-1) ?? "";
      const family = isIP(address);
      return all === true ? done(null, [{ address, family }]) : done(null, address, family);
    });
  };
  const ask = url.protocol === "https:" ? requestHttps : requestHttp;
  const asked = ask(url, { method: "POST", lookup, agent: false });
  await new Promise<IncomingMessage | Error>((resolve) => {
    asked.once("response", resolve).once("error", resolve);
    asked.end("{}");
  });
}
