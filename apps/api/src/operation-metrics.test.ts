import { askPerson, claimTask, endTask, enterState, recordStepStart, writeTask } from "@valet/db";
import { createMetrics } from "@valet/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "./api.fixture.ts";
import { registerOperationMetrics } from "./operation-metrics.ts";
import { runIdOf } from "./review.fixture.ts";

let api: ApiFixture;
beforeAll(async () => void (api = await openApiFixture()));
afterAll(() => api.close());

test("what happened to applications can be scraped: ends by outcome and site, retries, waits, the outbox", async () => {
  const person = await api.addPerson();
  const [ended, waiting] = [await api.addTask(person.id), await api.addTask(person.id)];
  await writeTask(api.writer, ended.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "POSTING_CLOSED", message: "Closed." }),
  );
  const runId = runIdOf(waiting);
  await writeTask(api.writer, waiting.id, async (write) => {
    await claimTask(write, runId);
    enterState(write, "filling");
    await askPerson(write, { kind: "captcha", asks: "Do.", asksAgain: "Do.", url: "http://x" });
  });
  const tried = { taskId: waiting.id, runId, step: "fill-fields", workerId: "w" } as const;
  await recordStepStart(api.db, { ...tried, attempt: 0 });
  await recordStepStart(api.db, { ...tried, attempt: 1 });
  const done = await api.app.inject({
    method: "POST",
    url: `/tasks/${waiting.id}/captcha-solved`,
    headers: keyOf(person),
  });
  expect(done.statusCode).toBe(200);

  const unstarted = await api.addTask(person.id);
  await api.db
    .updateTable("tasks")
    .set({ admittedAt: null })
    .where("id", "=", unstarted.id)
    .execute();

  const metrics = createMetrics();
  registerOperationMetrics(metrics, api.db);
  const text = await metrics.text();
  expect(text).toContain(
    'valet_tasks_ended{outcome="not_submitted",reason="POSTING_CLOSED",site="generic"} 1',
  );
  expect(text).toMatch(/valet_tasks\{state="\w+",site="generic"\} 1/);
  expect(text).toContain('valet_step_retries{step="fill-fields"} 1');
  expect(text).toContain('valet_human_waits{kind="captcha",state="done"} 1');
  expect(text).toMatch(/valet_human_wait_seconds\{kind="captcha",state="done"\} [\d.e-]+/);
  expect(Number(/^valet_outbox_oldest_seconds (\S+)/m.exec(text)?.[1])).toBeGreaterThan(0);
  expect(Number(/^valet_outbox_waiting (\S+)/m.exec(text)?.[1])).toBeGreaterThan(0);
  expect(text).toMatch(/valet_queue_waiting\{by="turn"\} 1/);
  expect(text).toMatch(/valet_queue_waiting\{by="no_room"\} 0/);
  expect(Number(/^valet_queue_oldest_seconds (\S+)/m.exec(text)?.[1])).toBeGreaterThan(0);
  for (const secret of [person.id, person.name, ended.id, ended.jobUrl]) {
    expect(text).not.toContain(secret);
  }
});
