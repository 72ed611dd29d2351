import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@valet/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiKeyFile, writeRunningInstance } from "../local/running-instance.ts";
import { findApi } from "./connect-api.ts";

let stateDir = "";
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "valet-cli-test-"));
  await writeRunningInstance(stateDir, { url: "http://127.0.0.1:8180", pid: process.pid });
  await writeFile(apiKeyFile(stateDir), "local-key\n");
});
afterAll(() => rm(stateDir, { recursive: true, force: true }));

test("the Valet of this state is used with its own key", async () => {
  expect(await findApi({}, stateDir)).toEqual({
    url: "http://127.0.0.1:8180",
    apiKey: "local-key",
  });
});

test("the variables come before the state", async () => {
  const config = {
    VALET_API_URL: "https://valet.example.com",
    VALET_API_KEY: new Secret("theirs"),
  };
  expect(await findApi(config, stateDir)).toEqual({
    url: "https://valet.example.com",
    apiKey: "theirs",
  });
});

test("the local key is never sent to another machine's Valet", async () => {
  const config = { VALET_API_URL: "https://valet.example.com" };
  await expect(findApi(config, stateDir)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("without a trace of a Valet the error says how to start one", async () => {
  await expect(findApi({}, join(stateDir, "empty"))).rejects.toMatchObject({
    code: "API_UNREACHABLE",
    message: expect.stringContaining("valet -- up"),
  });
});
