import {
  type RunningEngine,
  type RunningRedis,
  cacheDir,
  engineBinDir,
  isRoot,
  startEngine,
  startRedis,
} from "@valet/stack";
import {
  type TestDatabase,
  type TestValet,
  startValet,
  testDatabase,
  testStateDir,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

let engineDatabase: TestDatabase;
let engine: RunningEngine;
let redis: RunningRedis;
let valet: TestValet;
let ada: Applicant;
const engineState = testStateDir();
const redisState = testStateDir();

const startOwnEngine = () =>
  startEngine({
    binDir: engineBinDir(cacheDir(process.env, isRoot())),
    stateDir: engineState,
    databaseUrl: engineDatabase.url,
    log: () => {},
  });
const startOwnRedis = () => startRedis({ stateDir: redisState, log: () => {} });

beforeAll(async () => {
  engineDatabase = await testDatabase();
  redis = await startOwnRedis();
  // Started once for its token and ports, so that it can be absent from an address that is known.
  engine = await startOwnEngine();
  await engine.close();
  valet = await startValet({
    workers: 0,
    engineEnv: { ...engine.env },
    env: { REDIS_URL: redis.url },
  });
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await valet?.close();
  await engine?.close();
  await redis?.close();
  await engineDatabase?.drop();
});

async function readiness(): Promise<{ status: number; body: string }> {
  const response = await fetch(`${valet.apiUrl}/readyz`);
  return { status: response.status, body: await response.text() };
}

test("without an engine tasks are accepted, say for what they wait, and start when it comes", async () => {
  const worker = valet.start("worker");
  const { id, state } = await ada.apply("plain/jobs/engineer-401");
  // Its résumé is still to be parsed, and nobody does that yet.
  expect(state).toBe("created");
  expect(await readiness()).toMatchObject({
    status: 503,
    body: expect.stringContaining("Hatchet"),
  });
  engine = await startOwnEngine();
  await worker;
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  await until("the API is ready", async () => (await readiness()).status === 200);
}, 180_000);

test("an engine that goes down later delays tasks and loses none", async () => {
  await engine.close();
  const { id } = await ada.apply("plain/jobs/engineer-402");
  expect((await ada.client.getTask(id)).state).toBe("queued");
  engine = await startOwnEngine();
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-402")).toHaveLength(1);
}, 180_000);

test("without Redis everything works on and events still arrive", async () => {
  await redis.close();
  const { id } = await ada.apply("plain/jobs/engineer-403");
  const seen: number[] = [];
  for await (const event of ada.client.followTask(id)) seen.push(event.seq);
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", lastSeq: seen.length });
  expect(seen).toEqual(seen.map((_, index) => index + 1));
  redis = await startOwnRedis();
});
