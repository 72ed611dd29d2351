import { connectDb } from "@valet/db";
import { createMetrics } from "@valet/runtime";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type ApiFixture, openApiFixture, silentDoorbell } from "../api.fixture.ts";
import { createApp } from "../app.ts";
import type { ApiDeps } from "../deps.ts";

let api: ApiFixture;

beforeAll(async () => {
  api = await openApiFixture();
});
afterAll(() => api.close());

async function probe(deps: ApiDeps) {
  const app = await createApp({ ...deps, metrics: createMetrics() });
  onTestFinished(() => app.close());
  const [health, ready] = await Promise.all([
    app.inject({ url: "/healthz" }),
    app.inject({ url: "/readyz" }),
  ]);
  expect(health.statusCode).toBe(200);
  return { status: ready.statusCode, ...ready.json() };
}

test("it is ready when Postgres, engine and Redis are there, and asks for no key", async () => {
  const { deps } = api;
  expect(await probe(deps)).toEqual({ status: 200, ready: true, waitsFor: [], degraded: [] });
});

test("without the engine it is not ready and says so, and still lives", async () => {
  const { deps, setEngine } = api;
  onTestFinished(() => setEngine({ kind: "ready" }));
  setEngine({ kind: "waiting", reason: "nothing listens" });
  expect(await probe(deps)).toMatchObject({
    status: 503,
    ready: false,
    waitsFor: ["Hatchet engine: nothing listens"],
  });
});

test("without Postgres it is not ready and says so", async () => {
  const { deps } = api;
  const database = connectDb({
    url: "postgres://nobody@127.0.0.1:1/none",
    applicationName: "test",
    maxConnections: 1,
    log: deps.log,
  });
  onTestFinished(() => database.close());
  const answer = await probe({ ...deps, database });
  expect(answer).toMatchObject({ status: 503, ready: false });
  expect(answer.waitsFor).toEqual([expect.stringContaining("Postgres")]);
});

test("without Redis it stays ready and says that it is slower", async () => {
  const { deps } = api;
  const answer = await probe({ ...deps, doorbell: { ...silentDoorbell, state: () => "down" } });
  expect(answer).toMatchObject({ status: 200, ready: true });
  expect(answer.degraded).toEqual([expect.stringContaining("Redis")]);
});

test("metrics name routes by their pattern, never by what was asked", async () => {
  const { app } = api;
  await app.inject({ url: "/tasks/some-id-4711" });
  const { body, headers } = await app.inject({ url: "/metrics" });
  expect(headers["content-type"]).toContain("text/plain");
  expect(body).toContain('route="/tasks/:id",status="401"');
  expect(body).not.toContain("some-id-4711");
});
