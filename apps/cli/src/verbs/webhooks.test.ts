import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { verifyWebhook } from "@valet/client";
import { type TestValet, startValet, testStateDir } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Captured, runCaptured } from "../run-captured.ts";

let valet: TestValet;
let cwd = "";
let userKey = "";
let status = 204;
const received: { headers: Record<string, string | string[] | undefined>; body: string }[] = [];
const receiver = createServer((request, reply) => {
  void request.toArray().then((chunks) => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    reply.writeHead(status).end();
  });
});

beforeAll(async () => {
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  valet = await startValet({ workers: 0, env: { VALET_ALLOW_PRIVATE: address() } });
  cwd = testStateDir();
  userKey = document(await runAs(valet.apiKey, ["user", "add", "ada", "--json"]))["apiKey"] ?? "";
});
afterAll(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await valet.close();
});

const address = () => `127.0.0.1:${(receiver.address() as AddressInfo).port}`; // listening on TCP

function runAs(apiKey: string, argv: readonly string[], typed?: string): Promise<Captured> {
  const env = { VALET_STATE_DIR: cwd, VALET_API_URL: valet.apiUrl, VALET_API_KEY: apiKey };
  return runCaptured({ argv, env, cwd, ...(typed === undefined ? {} : { typed }) });
}

const run = (...argv: string[]) => runAs(userKey, argv);

function document({ stdout }: Captured): Record<string, string> {
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return JSON.parse(stdout);
}

test("a webhook is added, tested, replayed and removed", async () => {
  expect((await run("webhooks", "list")).stdout).toContain("No webhooks yet");
  const refused = await run("webhooks", "add", "https://127.0.0.1/", "--json");
  expect([refused.exitCode, document(refused)]).toMatchObject([
    1,
    { error: { code: "WEBHOOK_URL_REFUSED" } },
  ]);
  const odd = await run("webhooks", "add", `http://${address()}/hook`, "--events", "nothing");
  expect([odd.exitCode, odd.stderr]).toEqual([2, expect.stringContaining("types of events")]);
  const added = await run(
    "webhooks",
    "add",
    `http://${address()}/hook`,
    "--events",
    "failed",
    "--json",
  );
  const { id = "", secret = "" } = document(added);
  const tested = await run("webhooks", "test", id, "--json");
  expect([tested.exitCode, document(tested)]).toMatchObject([0, { type: "ping", lastStatus: 204 }]);
  const [one] = received;
  const message = { secret, headers: one?.headers ?? {}, body: one?.body ?? "" };
  expect((await verifyWebhook(message)).kind).toBe("verified");
  status = 500;
  const failed = await run("webhooks", "test", id);
  expect([failed.exitCode, failed.stdout]).toEqual([1, expect.stringContaining("500")]);
  const { deliveries } = JSON.parse((await run("webhooks", "deliveries", id, "--json")).stdout);
  expect(deliveries).toHaveLength(2);
  expect((await run("webhooks", "deliveries", id)).stdout).toContain(deliveries[0].id);
  const again = await run("webhooks", "replay", id, deliveries[0].id, "--json");
  expect([again.exitCode, document(again)]).toMatchObject([0, { state: "waiting" }]);
  expect(document(await run("webhooks", "rotate", id, "--json"))["secret"]).not.toBe(secret);
  expect((await run("webhooks", "on", id)).exitCode).toBe(0);
  expect((await run("webhooks", "list")).stdout).toContain(`http://${address()}/hook`);
  expect((await run("webhooks", "remove", id)).exitCode).toBe(0);
  const unknown = await run("webhooks", "test", id, "--json");
  expect([unknown.exitCode, document(unknown)]).toMatchObject([
    1,
    { error: { code: "NOT_FOUND" } },
  ]);
});

test("the account is exported into a file, and erased once it is confirmed", async () => {
  const exported = await run("account", "export", "all.zip", "--json");
  expect([exported.exitCode, document(exported)["file"]]).toEqual([0, join(cwd, "all.zip")]);
  const zip = await readFile(join(cwd, "all.zip"));
  expect(zip.subarray(0, 2).toString()).toBe("PK");
  expect(zip.length).toBe(Number(document(exported)["bytes"]));
  expect((await readdir(cwd)).filter((name) => name.endsWith(".part"))).toEqual([]);
  const nowhere = await run("account", "export", "no/such/folder.zip", "--json");
  expect([nowhere.exitCode, document(nowhere)]).toMatchObject([
    1,
    { error: { code: "API_UNREACHABLE" } },
  ]);

  const unasked = await run("account", "erase", "--json");
  expect([unasked.exitCode, document(unasked)]).toMatchObject([2, { error: { code: "USAGE" } }]);
  const declined = await runAs(userKey, ["account", "erase"], "n\n");
  expect([declined.exitCode, declined.stdout]).toEqual([1, "Nothing was erased.\n"]);
  expect((await run("tasks")).exitCode).toBe(0);
  const erased = await run("account", "erase", "--yes", "--json");
  expect([erased.exitCode, document(erased)]).toMatchObject([0, { erasing: true }]);
  const late = await run("tasks", "--json");
  expect([late.exitCode, document(late)]).toMatchObject([1, { error: { code: "UNAUTHORIZED" } }]);
});

test.each([
  ["webhooks", "list"],
  ["webhooks", "add"],
  ["webhooks", "test"],
  ["webhooks", "on"],
  ["webhooks", "rotate"],
  ["webhooks", "deliveries"],
  ["webhooks", "replay"],
  ["webhooks", "remove"],
  ["account", "export"],
  ["account", "erase"],
])("%s %s explains itself with an example", async (...argv) => {
  const help = await run(...argv, "--help");
  expect([help.exitCode, help.stdout]).toEqual([
    0,
    expect.stringContaining(`valet ${argv.join(" ")}`),
  ]);
  expect(help.stdout).toContain("Example");
});
