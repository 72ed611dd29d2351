import {
  type RunPage,
  cancelRunsRoute,
  getRunRoute,
  listRunsRoute,
  replayRunsRoute,
  requeueRunsRoute,
} from "@valet/contracts";
import { type RunRow, getTask, listRuns, taskOf } from "@valet/db";
import type { EngineRunState } from "@valet/domain";
import type { App } from "../app-type.ts";
import { callerGone } from "../caller-gone.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { personOf } from "../identity/person.ts";
import { actOnRuns, cancelling, replaying } from "../runs/act-on-runs.ts";
import { requeueRuns } from "../runs/requeue-runs.ts";
import { filterOf } from "../runs/run-filter.ts";
import { readRunStates } from "../runs/run-states.ts";
import { viewTaskRun } from "../runs/task-run-view.ts";

export function registerRunRoutes(app: App, deps: PersonRouteDeps): void {
  const { jobs } = deps;

  app.route({
    ...getRunRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const task = await getTask(db, { id: request.params.id, userId: user.id });
      return viewTaskRun({ db, jobs }, task, callerGone(reply));
    },
  });

  app.route({
    ...listRunsRoute,
    handler: async (request) => {
      const { limit, cursor, ...filters } = request.query;
      const { db, user } = personOf(request);
      const userId = user.id;
      const page = await listRuns(db, { userId, filter: filterOf(filters), limit, cursor });
      const states = await readRunStates(
        jobs,
        page.runs.flatMap(({ askedRunId }) => askedRunId ?? []),
      );
      return { runs: page.runs.map((run) => summaryOf(run, states)), nextCursor: page.nextCursor };
    },
  });

  app.route({
    ...cancelRunsRoute,
    handler: (request) => {
      const { user, writer } = personOf(request);
      const asked = { action: cancelling, selection: request.body, userId: user.id };
      return actOnRuns({ ...deps, writer }, asked);
    },
  });

  app.route({
    ...replayRunsRoute,
    handler: (request) => {
      const { user, writer } = personOf(request);
      const asked = { action: replaying, selection: request.body, userId: user.id };
      return actOnRuns({ ...deps, writer }, asked);
    },
  });

  app.route({
    ...requeueRunsRoute,
    handler: (request) => {
      const { user, writer } = personOf(request);
      return requeueRuns({ ...deps, writer }, { selection: request.body, userId: user.id });
    },
  });
}

function summaryOf(
  { askedRunId, ...row }: RunRow,
  states: ReadonlyMap<string, EngineRunState>,
): RunPage["runs"][number] {
  const task = taskOf(row);
  const runState = askedRunId === null ? "unknown" : (states.get(askedRunId) ?? "unreachable");
  return { ...task, taskId: task.id, runId: askedRunId, runState };
}
