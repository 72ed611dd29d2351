import { afterEach, expect, test } from "vitest";
import { type Listening, listen, openTestDialer } from "./egress-site.fixture.ts";
import type { Dialer } from "./create-dialer.ts";
import { readAuthority } from "./read-target.ts";

const signal = AbortSignal.timeout(60_000);
const opened: Listening[] = [];

afterEach(async () => {
  for (const listening of opened.splice(0)) await listening.close();
});

async function listenFor(address = "127.0.0.1"): Promise<Listening> {
  const here = await listen(undefined, address);
  opened.push(here);
  return here;
}

async function dial(dialer: Dialer, authority: string): Promise<string> {
  const target = readAuthority(authority);
  if (target === undefined) return "no target";
  const dialled = await dialer.dial(target, signal);
  if (dialled.kind !== "connected") return dialled.kind;
  const { remoteAddress } = dialled.socket;
  dialled.socket.destroy();
  return `connected to ${remoteAddress}`;
}

test.each([
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f000001",
  "0177.0.0.1",
  "127.0.0.1.",
  "①②⑦.0.0.1",
])("%s leads inside in whatever spelling", async (host) => {
  const canary = await listenFor();
  expect(await dial(openTestDialer(), `${host}:${canary.port}`)).toBe("refused");
  expect(canary.dials()).toBe(0);
});

test("a name is resolved once, and the address that was judged is the one that is dialled", async () => {
  const judged = await listenFor("127.0.0.2");
  const canary = await listenFor();
  const answers = [["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]];
  const asked: string[] = [];
  const dialer = openTestDialer({
    async lookUpHost(host) {
      asked.push(host);
      return answers[asked.length - 1] ?? [];
    },
  });
  const authority = `rebinding.example:${judged.port}`;
  expect(await dial(dialer, authority)).toBe("connected to 127.0.0.2");
  expect(asked).toEqual(["rebinding.example"]);
  expect(await dial(dialer, authority)).toBe("refused");
  expect(canary.dials()).toBe(0);
});

test.each([
  ["one private address among public ones", ["127.0.0.2", "10.0.0.1"], "refused"],
  ["an address with a zone", ["fe80::1%lo"], "refused"],
  ["an answer that is no address", ["localhost"], "refused"],
  ["no address", [], "unreachable"],
])("a name with %s", async (_what, addresses, kind) => {
  const here = await listenFor("127.0.0.2");
  const dialer = openTestDialer({ lookUpHost: async () => addresses });
  expect(await dial(dialer, `jobs.example.com:${here.port}`)).toBe(kind);
  expect(here.dials()).toBe(0);
});

test("the next address is tried when one does not answer", async () => {
  const here = await listenFor("127.0.0.3");
  const dialer = openTestDialer({ lookUpHost: async () => ["127.0.0.2", "127.0.0.3"] });
  expect(await dial(dialer, `jobs.example.com:${here.port}`)).toBe("connected to 127.0.0.3");
});

test("this machine is not reached by an address of its own, public or not", async () => {
  const here = await listenFor();
  const dialer = openTestDialer({ isPrivateAddress: () => false });
  expect(await dial(dialer, `127.0.0.1:${here.port}`)).toBe("refused");
  expect(here.dials()).toBe(0);
});

test("services that are no web sites are not reached", async () => {
  const dialer = openTestDialer({ lookUpHost: async () => ["127.0.0.2"] });
  expect(await dial(dialer, "mail.example.com:25")).toBe("refused");
});

test("an unknown name and a closed port are unreachable", async () => {
  const here = await listenFor("127.0.0.2");
  await here.close();
  opened.pop();
  const unknown = openTestDialer({
    lookUpHost: () => Promise.reject(new Error("unknown host")),
  });
  expect(await dial(unknown, "nowhere.example:443")).toBe("unreachable");
  expect(await dial(openTestDialer(), `127.0.0.2:${here.port}`)).toBe("unreachable");
});

test("a dial that is no longer wanted ends, while the name is looked up or later", async () => {
  const here = await listenFor("127.0.0.2");
  const leaving = new AbortController();
  const dialer = openTestDialer({
    async lookUpHost() {
      leaving.abort();
      return ["127.0.0.2"];
    },
  });
  const target = { host: "jobs.example.com", port: here.port };
  expect(await dialer.dial(target, leaving.signal)).toEqual({ kind: "unreachable" });
  expect(here.dials()).toBe(0);
});

test("what is allowed though private is reached, and then this machine alone", async () => {
  const [here, canary] = [await listenFor(), await listenFor("127.0.0.2")];
  const dialer = openTestDialer({
    allowPrivate: new Set([`practice.example:${here.port}`, "10.0.0.1:80"]),
    lookUpHost: async (host) => [host === "practice.example" ? "127.0.0.1" : "127.0.0.2"],
  });
  expect(await dial(dialer, `practice.example:${here.port}`)).toBe("connected to 127.0.0.1");
  expect(await dial(dialer, `localhost:${here.port}`)).toBe("connected to 127.0.0.1");
  expect(await dial(dialer, `0x7f.1:${here.port}`)).toBe("connected to 127.0.0.1");
  expect(await dial(dialer, `127.0.0.2:${canary.port}`)).toBe("refused");
  expect(await dial(dialer, `jobs.example.com:${canary.port}`)).toBe("refused");
  expect(await dial(dialer, `[::1]:${canary.port}`)).toBe("refused");
  expect(canary.dials()).toBe(0);
});

test("with practice sites a vendor's name leads to them, and no other name anywhere", async () => {
  const here = await listenFor();
  const dialer = openTestDialer({
    lookUpHost: async () => ["127.0.0.2"],
    practiceHosts: {
      version: 1,
      address: `127.0.0.1:${here.port}`,
      hosts: ["jobs.example.com", "*.example.org"],
      authority: "-----BEGIN CERTIFICATE-----",
      publicKeySha256: "",
    },
  });
  expect(await dial(dialer, "jobs.example.com:443")).toBe("connected to 127.0.0.1");
  expect(await dial(dialer, "JOBS.example.com.:443")).toBe("connected to 127.0.0.1");
  expect(await dial(dialer, "ada.example.org:443")).toBe("connected to 127.0.0.1");
  expect(await dial(dialer, `127.0.0.1:${here.port}`)).toBe("connected to 127.0.0.1");
  expect(await dial(dialer, "jobs.example.com:80")).toBe("refused");
  expect(await dial(dialer, "example.com:443")).toBe("refused");
  expect(await dial(dialer, "127.0.0.2:443")).toBe("refused");
  expect(here.dials()).toBe(4);
});
