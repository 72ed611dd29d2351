import { getRunRoute } from "@valet/contracts";
import { getTask } from "@valet/db";
import type { App } from "../app-type.ts";
import { userOf } from "../authentication.ts";
import { callerGone } from "../caller-gone.ts";
import type { ApiDeps } from "../deps.ts";
import { viewTaskRun } from "../runs/task-run-view.ts";

export function registerRunRoutes(app: App, deps: ApiDeps): void {
  const { jobs, dashboardUrl } = deps;
  const { db } = deps.database;

  app.route({
    ...getRunRoute,
    handler: async (request, reply) => {
      const task = await getTask(db, { id: request.params.id, userId: userOf(request).id });
      return viewTaskRun({ db, jobs, dashboardUrl }, task, callerGone(reply));
    },
  });
}
