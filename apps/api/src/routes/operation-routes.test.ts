import { afterAll, beforeAll, expect, test } from "vitest";
import { recordSessionHost } from "@valet/db";
import { createMetrics } from "@valet/runtime";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { watchQueue } from "../runs/watch-queue.ts";

let api: ApiFixture;

beforeAll(async () => {
  api = await openApiFixture();
});
afterAll(() => api.close());

test("an admin sees what Valet itself knows while the engine is away; others see nothing", async () => {
  const admin = keyOf(await api.addPerson("admin"));
  const person = await api.addPerson();
  await api.addTask(person.id);
  await api.addTask(person.id);
  await recordSessionHost(api.db, {
    id: "host-1",
    url: "http://host.test:8181",
    report: { pool: [{ ageMs: 5 }], memory: { budgetBytes: 10, usedBytes: 4 }, sessions: [] },
  });
  for (const url of ["/admin/workers", "/admin/queue"]) {
    const refused = await api.app.inject({ url, headers: keyOf(person) });
    expect([refused.statusCode, refused.json().code]).toEqual([403, "FORBIDDEN"]);
  }
  const workers = await api.app.inject({ url: "/admin/workers", headers: admin });
  expect(workers.json()).toMatchObject({
    engine: "unreachable",
    workers: [],
    sessionHosts: [{ url: "http://host.test:8181", sessions: 0, pooled: 1 }],
  });
  const queue = await api.app.inject({ url: "/admin/queue", headers: admin });
  expect(queue.json()).toEqual({
    engine: "unreachable",
    steps: [],
    queued: 0,
    running: 0,
    waiting: { total: 0, byReason: {}, oldestSeconds: 0, perPerson: [] },
    outbox: { waiting: 2, oldestSeconds: expect.any(Number) },
    tasks: { queued: 2 },
  });
});

test("the engine is asked once in five seconds, however many look", async () => {
  let asked = 0;
  let now = 0;
  const metrics = createMetrics();
  const jobs = {
    queueDepths: async () => {
      asked += 1;
      return [{ step: "submit" as const, queued: asked, running: 2, oldestQueuedAt: null }];
    },
  };
  const queue = watchQueue(jobs, metrics, () => now);
  await Promise.all([queue.depths(), queue.depths(), metrics.text()]);
  expect(asked).toBe(1);
  now = 5_000;
  expect(await metrics.text()).toContain('valet_engine_steps{step="submit",state="queued"} 2');
  expect(asked).toBe(2);
});
