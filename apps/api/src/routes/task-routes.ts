import {
  approveTaskRoute,
  cancelTaskRoute,
  createTaskRoute,
  getTaskRoute,
  listTasksRoute,
} from "@valet/contracts";
import { approveReview, createTask, getTask, listTasks, taskOf, writeTask } from "@valet/db";
import { assertPublicAddress, parseJobUrl } from "@valet/domain";
import { assertSiteAllowed, identifyJob } from "@valet/sites/addresses";
import type { App } from "../app-type.ts";
import { userOf } from "../authentication.ts";
import { cancelTask } from "../cancel-task.ts";
import type { ApiDeps } from "../deps.ts";
import { getTaskDetail } from "../get-task-detail.ts";
import { requireDigest } from "../require-digest.ts";

export function registerTaskRoutes(app: App, deps: ApiDeps): void {
  const { writer, kickRelay } = deps;
  const { db } = deps.database;

  app.route({
    ...createTaskRoute,
    handler: async (request, reply) => {
      const { body } = request;
      const idempotencyKey = request.headers["idempotency-key"];
      const jobUrl = parseJobUrl(body.jobUrl);
      assertSiteAllowed(jobUrl);
      await assertPublicAddress(deps.networkPolicy, jobUrl);
      const { site, jobKey } = identifyJob(jobUrl);
      const { task, created } = await createTask(writer, {
        userId: userOf(request).id,
        body: { ...body, jobUrl: jobUrl.href },
        jobKey,
        platform: site,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
      if (created) kickRelay();
      return reply.code(created ? 201 : 200).send(taskOf(task));
    },
  });

  app.route({
    ...listTasksRoute,
    handler: async (request) => {
      const { state, limit, cursor } = request.query;
      const page = await listTasks(db, {
        userId: userOf(request).id,
        limit,
        ...(state === undefined ? {} : { state }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { tasks: page.tasks.map(taskOf), nextCursor: page.nextCursor };
    },
  });

  app.route({
    ...getTaskRoute,
    handler: async (request) =>
      getTaskDetail(db, await getTask(db, { id: request.params.id, userId: userOf(request).id })),
  });

  app.route({
    ...approveTaskRoute,
    // Without a body too the answer says where the application stands.
    preValidation: async (request) => {
      request.body ??= {};
    },
    handler: async (request) => {
      const task = await getTask(db, { id: request.params.id, userId: userOf(request).id });
      const { digest, fieldOverrides = {} } = request.body;
      const shown = digest ?? (await requireDigest(db, task));
      const approval = await writeTask(writer, task.id, (write) =>
        approveReview(write, { digest: shown, overrides: fieldOverrides }),
      );
      kickRelay();
      return approval;
    },
  });

  app.route({
    ...cancelTaskRoute,
    handler: async (request) => {
      const { id } = await getTask(db, { id: request.params.id, userId: userOf(request).id });
      await writeTask(writer, id, cancelTask);
      kickRelay();
      return taskOf(await getTask(db, { id }));
    },
  });
}
