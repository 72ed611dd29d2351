import {
  answerQuestionsRoute,
  approveTaskRoute,
  cancelTaskRoute,
  captchaSolvedRoute,
  createTaskRoute,
  getTaskRoute,
  humanStepDoneRoute,
  listTasksRoute,
  type TaskDetail,
  resolveTaskRoute,
  retryTaskRoute,
} from "@valet/contracts";
import {
  type TaskWrite,
  answerQuestions,
  approveReview,
  finishCaptcha,
  finishHumanStep,
  getTask,
  listTasks,
  recordStatement,
  taskOf,
  writeTask,
} from "@valet/db";
import { acceptTask, bodyOf } from "../accept-task.ts";
import type { App } from "../app-type.ts";
import { userOf } from "../authentication.ts";
import { cancelTask } from "../cancel-task.ts";
import type { ApiDeps } from "../deps.ts";
import { getTaskDetail } from "../get-task-detail.ts";
import { requireDigest } from "../require-digest.ts";
import { retryTask } from "../retry-task.ts";

export function registerTaskRoutes(app: App, deps: ApiDeps): void {
  const { writer, kickRelay } = deps;
  const { db } = deps.database;

  app.route({
    ...createTaskRoute,
    handler: async (request, reply) => {
      const idempotencyKey = request.headers["idempotency-key"];
      const { task, created } = await acceptTask(deps, {
        userId: userOf(request).id,
        body: request.body,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
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

  /** What a person did about what the task waits for, and where it then stands. */
  async function writeAnswer(
    { params, userId }: { readonly params: { readonly id: string }; readonly userId: string },
    work: (write: TaskWrite) => Promise<void>,
  ): Promise<TaskDetail> {
    const { id } = await getTask(db, { id: params.id, userId });
    await writeTask(writer, id, work);
    kickRelay();
    return getTaskDetail(db, await getTask(db, { id }));
  }

  app.route({
    ...captchaSolvedRoute,
    handler: (request) =>
      writeAnswer({ params: request.params, userId: userOf(request).id }, finishCaptcha),
  });

  app.route({
    ...humanStepDoneRoute,
    handler: (request) => {
      const { params, body } = request;
      return writeAnswer({ params, userId: userOf(request).id }, (write) =>
        finishHumanStep(write, { stepId: params.stepId, code: body.code }),
      );
    },
  });

  app.route({
    ...answerQuestionsRoute,
    handler: (request) => {
      const { params, body } = request;
      const { answers, remember = false } = body;
      return writeAnswer({ params, userId: userOf(request).id }, (write) =>
        answerQuestions(write, { answers, remember }),
      );
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

  app.route({
    ...resolveTaskRoute,
    handler: async (request) => {
      const { body } = request;
      const { id, userId } = await getTask(db, {
        id: request.params.id,
        userId: userOf(request).id,
      });
      const { repeatsIntentId } = await writeTask(writer, id, (write) =>
        recordStatement(write, {
          says: "outcome" in body ? body.outcome : "resubmit",
          acceptsDuplicateRisk: body.acceptDuplicateRisk === true,
        }),
      );
      const task = await getTask(db, { id });
      if (repeatsIntentId === null) return { task: taskOf(task), resubmission: null };
      const repeated = await acceptTask(deps, { userId, body: bodyOf(task), repeatsIntentId });
      return { task: taskOf(task), resubmission: taskOf(repeated.task) };
    },
  });

  app.route({
    ...retryTaskRoute,
    handler: async (request, reply) => {
      const task = await getTask(db, { id: request.params.id, userId: userOf(request).id });
      return reply.code(201).send(taskOf(await retryTask(deps, task)));
    },
  });
}
