import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { type SessionHostClient, attachToBrowser, createSessionHostClient } from "@valet/browser";
import { everyCaseOr } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TaskStore, openTaskStore } from "./task-store.fixture.ts";
import {
  type TestProcess,
  type TestSite,
  createStateDir,
  processesNaming,
  readProc,
  runFile,
  startTestSite,
  token,
} from "./test-host.fixture.ts";

const cycles = everyCaseOr(1_000, 3);
const pooled = 2;
const patient = { timeout: 30_000, interval: 100 };
const signal = AbortSignal.timeout(3_600_000);

let store: TaskStore;
let site: TestSite;
let stateDir: string;
let host: TestProcess;
let client: SessionHostClient;

beforeAll(async () => {
  [store, site] = await Promise.all([openTaskStore(), startTestSite()]);
  stateDir = await createStateDir();
  host = runFile("main.ts", [], {
    DATABASE_URL: store.url,
    VALET_SESSION_HOST_TOKEN: token.reveal(),
    VALET_STATE_DIR: stateDir,
    VALET_SESSION_POOL: String(pooled),
    VALET_ALLOW_PRIVATE: new URL(site.url).host,
    VALET_LOG_LEVEL: "warn",
  });
  const { url } = JSON.parse(await host.line());
  client = createSessionHostClient({ url, token });
});

afterAll(async () => {
  await host.end("SIGTERM");
  expect(processesNaming(stateDir)).toEqual([]);
  await site.close();
  await store.close();
  await rm(stateDir, { recursive: true });
});

test(
  `${cycles} sessions opened and closed leave no process, descriptor, folder or memory behind`,
  { timeout: 3_600_000 },
  async () => {
    const socketFolders = new Set<string>();
    const sizes: number[] = [];
    await cycle();
    await untilAtRest();
    const before = descriptors();
    for (let done = 1; done < cycles; done += 1) {
      await cycle(done % 10 === 0);
      for (const folder of findSocketFolders()) socketFolders.add(folder);
      sizes.push(residentKilobytes());
    }
    await untilAtRest();
    await expect.poll(descriptors, patient).toBeLessThanOrEqual(before);
    const inUse = new Set(findSocketFolders());
    expect([...socketFolders].filter((one) => !inUse.has(one) && existsSync(one))).toEqual([]);
    expect(groupLeaders()).toHaveLength(pooled);
    if (cycles < 200) return;
    // The least of several, so that garbage which waits for its collection does not count.
    const early = Math.min(...sizes.slice(90, 110));
    const late = Math.min(...sizes.slice(-20));
    expect(late / early, `${early} kB, then ${late} kB`).toBeLessThanOrEqual(1.1);
  },
);

async function cycle(attach = false): Promise<void> {
  const task = await store.newTask();
  const { sessionId } = await client.createSession({ ...task, url: site.url }, signal);
  if (attach) {
    const grant = await client.attachSession(sessionId, { owner: "cycle", ...task }, signal);
    const { page, close } = await attachToBrowser(grant.relayUrl, signal);
    await page.title();
    await close();
  }
  await client.closeSession(sessionId, signal);
}

/** Nothing but the pool, which is full. */
async function untilAtRest(): Promise<void> {
  await expect
    .poll(async () => {
      const { sessions, pool } = await client.listSessions(signal);
      const live = sessions.filter(({ state }) => state === "live").length;
      return [live, pool.length, profiles().length, records().length];
    }, patient)
    .toEqual([0, pooled, pooled, pooled]);
}

function profiles(): string[] {
  return readdirSync(path.join(stateDir, "browsers"));
}

function records(): string[] {
  return readdirSync(path.join(stateDir, "run/browsers"));
}

/** Where a browser keeps its socket outside its profile. */
function findSocketFolders(): string[] {
  return profiles().flatMap((profile) => {
    try {
      return [
        path.dirname(readlinkSync(path.join(stateDir, "browsers", profile, "SingletonSocket"))),
      ];
    } catch {
      return []; // not made yet, or gone already
    }
  });
}

function groupLeaders(): number[] {
  return processesNaming(`--user-data-dir=${stateDir}`).filter(
    (pid) => !/--type=|crashpad/.test(readProc(pid, "cmdline")),
  );
}

function descriptors(): number {
  return readdirSync(`/proc/${host.child.pid}/fd`).length;
}

function residentKilobytes(): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readProc(host.child.pid ?? 0, "status"))?.[1]);
}
