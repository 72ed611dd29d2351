import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPracticeHosts } from "./read-practice-hosts.ts";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "valet-practice-hosts-"))));
afterAll(() => rm(folder, { recursive: true }));

const map = {
  version: 1,
  address: "127.0.0.1:4443",
  hosts: ["jobs.lever.co", "*.icims.com"],
  authority: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
  publicKeySha256: `${"A".repeat(43)}=`,
};

async function written(value: unknown): Promise<string> {
  const file = join(folder, `${Math.random()}.json`);
  await writeFile(file, JSON.stringify(value));
  return file;
}

test("what the practice sites wrote is read, and without a file there is no map", async () => {
  expect(await readPracticeHosts(await written(map))).toEqual(map);
  expect(await readPracticeHosts(undefined)).toBeUndefined();
  expect(await readPracticeHosts("")).toBeUndefined();
});

test.each([
  ["an address that is not this machine's", { ...map, address: "192.168.0.1:443" }],
  ["no hosts", { ...map, hosts: [] }],
  ["a pattern for every host", { ...map, hosts: ["*"] }],
  ["another version", { ...map, version: 2 }],
  ["no object", "hosts"],
])("a file with %s is a wrong configuration", async (_, value) => {
  await expect(readPracticeHosts(await written(value))).rejects.toMatchObject({
    code: "CONFIG_INVALID",
  });
});

test("a file that is not there is a wrong configuration", async () => {
  await expect(readPracticeHosts(join(folder, "none.json"))).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining("VALET_PRACTICE_HOSTS"),
  });
});
