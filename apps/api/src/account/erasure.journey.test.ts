import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { createValetClient } from "@valet/client";
import { type Database, type NewUser, addUser, connectDb } from "@valet/db";
import { createLogger } from "@valet/runtime";
import {
  type TestValet,
  isSweep,
  resumePdf,
  startValet,
  testServices,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findInTables } from "./account.fixture.ts";

let valet: TestValet;
let database: Database;
beforeAll(async () => {
  valet = await startValet();
  const log = createLogger({ name: "test", level: "silent" });
  const { databaseUrl: url } = valet;
  database = connectDb({ url, applicationName: "test", maxConnections: 2, log });
});
afterAll(async () => {
  await database?.close();
  await valet?.close();
});

/** An application that waits for a review, with its browser and what that browser keeps on disk. */
async function newApplication() {
  const canary = `Canaria${randomUUID().slice(0, 8)}`;
  const person: NewUser = await addUser(database.db, { name: `p${Date.now()}`, role: "user" });
  const client = createValetClient({ url: valet.apiUrl, apiKey: person.apiKey });
  await client.putProfile({
    basics: { name: `Ada ${canary}`, email: `ada.${canary}@example.com`, phone: "+15550104711" },
  });
  const body = resumePdf({
    title: canary,
    lines: [
      `Ada ${canary}`,
      "EXPERIENCE",
      `${canary} Works Ltd, Senior Engineer of the billing service and its warehouse of events`,
      "March 2019 to Present",
    ],
  });
  const resume = await client.uploadResume({ fileName: `${canary}.pdf`, body });
  const jobUrl = `${valet.practiceUrl}/plain/jobs/engineer-${Date.now()}`;
  const task = await client.createTask({ jobUrl, resumeId: resume.id, mode: "copilot" });
  await until("it waits for its person", async () => {
    const { state, message } = await client.getTask(task.id);
    if (state === "failed") throw new Error(message ?? state);
    return state === "awaiting_review" || state === "awaiting_human";
  });
  const profile = await until("its browser's profile", findProfile);
  await writeFile(join(profile, "Default", "visited"), canary);
  return {
    person,
    client,
    task,
    profile,
    canary,
    words: [canary, person.id, task.id, person.name],
  };
}

/** Of the browser that the session host has started. */
async function findProfile(): Promise<string | undefined> {
  const { pid } = valet.process("session-host");
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
    if (!new RegExp(`\\) \\S ${pid} `).test(stat)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "");
    const [, folder] = /--user-data-dir=([^\0]+)/.exec(command) ?? [];
    if (folder !== undefined && existsSync(join(folder, "Default"))) return folder;
  }
  return undefined;
}

/** Every file below the profiles, the store and the logs of this Valet that holds the word. */
async function filesWith(folder: string, words: readonly string[]): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const { parentPath, name } of files.filter((file) => file.isFile())) {
    const path = join(parentPath, name);
    const text = await readFile(path, "latin1").catch(() => "");
    if (words.some((word) => `${path}${text}`.includes(word))) found.push(path);
  }
  return found;
}

const inTables = (words: readonly string[]) => findInTables(database, words);

const isErased = async (userId: string) =>
  (await database.db
    .selectFrom("erasures")
    .select("userId")
    .where("userId", "=", userId)
    .executeTakeFirst()) === undefined;

/** What Redis answers to one command. */
async function askRedis(command: string): Promise<string> {
  const { hostname, port, username, password } = new URL(testServices().redisUrl);
  const socket = connect(Number(port), hostname);
  socket.write(
    `AUTH ${username === "" ? "default" : username} ${password}\r\n${command}\r\nQUIT\r\n`,
  );
  return Buffer.concat(await socket.toArray()).toString("utf8");
}

test("an erasure whose API is killed is done within a minute, in the browser's folder as well", async () => {
  const { person, client, task, profile, canary, words } = await newApplication();
  const state = dirname(dirname(profile));
  expect((await inTables(words)).words).toEqual(words);
  expect((await filesWith(join(state, "objects"), words)).length).toBeGreaterThanOrEqual(2);
  expect((await filesWith(profile, [canary])).length).toBeGreaterThanOrEqual(1);
  await askRedis(`SET planted:${task.id} ${canary}`);
  expect(await askRedis(`KEYS *${task.id}*`)).toContain("planted");
  await askRedis(`DEL planted:${task.id}`);

  const started = performance.now();
  await client.eraseAccount({ confirm: person.name });
  await valet.kill("api");
  await valet.start("api");
  await until("the person is erased", () => isErased(person.id));
  expect(performance.now() - started).toBeLessThan(60_000);

  expect(await inTables(words)).toEqual({ tables: [], words: [] });
  expect(await filesWith(join(state, "objects"), words)).toEqual([]);
  expect(existsSync(profile)).toBe(false);
  expect(await filesWith(dirname(profile), [canary])).toEqual([]);
  expect(await askRedis(`KEYS *${task.id}*`)).not.toContain(task.id);
  await expect(client.listTasks()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await valet.submits()).toEqual([]);
});

test.runIf(isSweep)(
  "with its session host killed an erasure ends when the host is back and has removed the folder",
  async () => {
    const { person, client, profile, canary, words } = await newApplication();
    await valet.kill("session-host");
    await client.eraseAccount({ confirm: person.name });
    await until("the rows are gone", async () => {
      const { tables } = await inTables(words);
      return tables.length === 0 || (tables.length === 1 && tables[0] === "erasures");
    });
    expect(await filesWith(profile, [canary])).toHaveLength(1);
    expect(await isErased(person.id)).toBe(false);
    await valet.start("session-host");
    await until("the person is erased", () => isErased(person.id));
    expect(existsSync(profile)).toBe(false);
    expect((await inTables(words)).tables).toEqual([]);
  },
);
