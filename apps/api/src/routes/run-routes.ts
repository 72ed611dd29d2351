import { getRunRoute } from "@valet/contracts";
import { type StepRunRow, type TaskRow, getTask, listStepRuns } from "@valet/db";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";

export function registerRunRoutes(app: App): void {
  app.route({
    ...getRunRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const task = await getTask(db, { id: request.params.id, userId: user.id });
      const rows = task.runId === null ? [] : await listStepRuns(db, task.runId);
      return { runId: task.runId, epoch: task.epoch, steps: rows.map((row) => stepOf(row, task)) };
    },
  });
}

/** The step that ends a task is written down after that end: until then the task's own end counts. */
function stepOf(row: StepRunRow, task: TaskRow) {
  const { step, attempt, workerId, startedAt, result } = row;
  const finishedAt = row.finishedAt ?? task.finishedAt;
  return {
    name: step,
    attempt,
    workerId,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    ms: finishedAt === null ? null : finishedAt.getTime() - startedAt.getTime(),
    result,
  };
}
