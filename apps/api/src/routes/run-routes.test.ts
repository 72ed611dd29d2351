import { stepNames } from "@valet/contracts";
import { recordRun, recordStepEnd, recordStepStart } from "@valet/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

let api: ApiFixture;

beforeAll(async () => {
  api = await openApiFixture();
});
afterAll(() => api.close());

test("while the engine does not answer a run is told from our own rows", async () => {
  const person = await api.addPerson();
  const task = await api.addTask(person.id);
  const url = `/tasks/${task.id}/run`;
  const headers = keyOf(person);
  const none = await api.app.inject({ url, headers });
  expect([none.statusCode, none.json()]).toMatchObject([200, { runId: null, runs: [] }]);

  await recordRun(api.db, { runId: "run-1", taskId: task.id, epoch: 1 });
  const tried = { runId: "run-1", attempt: 0 };
  const started = { ...tried, taskId: task.id, workerId: "worker" };
  await recordStepStart(api.db, { ...started, step: "start-browser" });
  await recordStepEnd(api.db, { ...tried, step: "start-browser", result: "done" });
  await recordStepStart(api.db, { ...started, step: "analyze-form" });
  await recordStepEnd(api.db, { ...tried, step: "analyze-form", result: "PAGE_UNREACHABLE" });
  await recordStepStart(api.db, { ...started, attempt: 1, step: "analyze-form" });

  const shown = await api.app.inject({ url, headers });
  expect(shown.statusCode).toBe(200);
  const run = shown.json();
  expect(run).toMatchObject({
    runId: "run-1",
    engine: "unreachable",
    runs: [{ runId: "run-1", epoch: 1 }],
    logs: [],
    steps: [{ name: "start-browser" }, { attempt: 0, result: "PAGE_UNREACHABLE" }, { attempt: 1 }],
  });
  expect(run.nodes).toMatchObject([
    { name: "start-browser", state: "succeeded", parents: [], children: ["analyze-form"] },
    { name: "analyze-form", state: "running", attempt: 1, parents: ["start-browser"], ms: null },
    ...stepNames.slice(2).map((name) => ({ name, state: "queued" })),
  ]);
  const other = keyOf(await api.addPerson());
  expect((await api.app.inject({ url, headers: other })).statusCode).toBe(404);
});
