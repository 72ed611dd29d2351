import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Profile } from "@valet/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readJsonFile } from "./read-json-file.ts";

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "valet-cli-test-"));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

test("a file is found from the folder the command was called in", async () => {
  await writeFile(join(cwd, "profile.json"), JSON.stringify({ basics: { name: "Ada Example" } }));
  expect(await readJsonFile(Profile, { path: "profile.json", cwd })).toEqual({
    basics: { name: "Ada Example" },
  });
});

test("what is wrong is said by its place and never by its value", async () => {
  await writeFile(join(cwd, "wrong.json"), JSON.stringify({ basics: { email: "canary" } }));
  const reading = readJsonFile(Profile, { path: "wrong.json", cwd });
  await expect(reading).rejects.toMatchObject({
    code: "USAGE",
    message: expect.stringContaining("/basics/email: "),
  });
  await expect(reading).rejects.not.toMatchObject({ message: expect.stringContaining("canary") });
});

test("a file that is no JSON, a folder and a missing file are told apart", async () => {
  await writeFile(join(cwd, "text.json"), "canary");
  await expect(readJsonFile(Profile, { path: "text.json", cwd })).rejects.toThrow(/is not JSON/);
  await expect(readJsonFile(Profile, { path: ".", cwd })).rejects.toThrow(/it is a folder/);
  await expect(readJsonFile(Profile, { path: "none", cwd })).rejects.toThrow(/no such file/);
});
