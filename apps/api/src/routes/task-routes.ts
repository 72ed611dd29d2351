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
  queuePlaces,
  recordStatement,
  taskOf,
  writeTask,
} from "@valet/db";
import { acceptTask, bodyOf } from "../accept-task.ts";
import type { App } from "../app-type.ts";
import { type Person, personOf } from "../identity/person.ts";
import { cancelTask } from "../cancel-task.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { getTaskDetail } from "../get-task-detail.ts";
import { requireDigest } from "../require-digest.ts";
import { retryTask } from "../retry-task.ts";
import { filterOf } from "../runs/run-filter.ts";

export function registerTaskRoutes(app: App, deps: PersonRouteDeps): void {
  const { kickRelay } = deps;

  app.route({
    ...createTaskRoute,
    handler: async (request, reply) => {
      const idempotencyKey = request.headers["idempotency-key"];
      const { user, writer } = personOf(request);
      const { task, created } = await acceptTask(
        { ...deps, writer },
        {
          userId: user.id,
          body: request.body,
          ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        },
      );
      return reply.code(created ? 201 : 200).send(taskOf(task));
    },
  });

  app.route({
    ...listTasksRoute,
    handler: async (request) => {
      const { limit, cursor, ...filters } = request.query;
      const { db, user } = personOf(request);
      const filter = filterOf(filters);
      const page = await listTasks(db, { userId: user.id, filter, limit, cursor });
      const places = await queuePlaces(db, user.id, page.tasks);
      return {
        tasks: page.tasks.map((task) => ({ ...taskOf(task), queue: places.get(task.id) ?? null })),
        nextCursor: page.nextCursor,
      };
    },
  });

  app.route({
    ...getTaskRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      return getTaskDetail(db, await getTask(db, { id: request.params.id, userId: user.id }));
    },
  });

  app.route({
    ...approveTaskRoute,
    // Without a body too the answer says where the application stands.
    preValidation: async (request) => {
      request.body ??= {};
    },
    handler: async (request) => {
      const { db, user, writer } = personOf(request);
      const task = await getTask(db, { id: request.params.id, userId: user.id });
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
    { db, user, writer }: Person,
    taskId: string,
    work: (write: TaskWrite) => Promise<void>,
  ): Promise<TaskDetail> {
    const { id } = await getTask(db, { id: taskId, userId: user.id });
    await writeTask(writer, id, work);
    kickRelay();
    return getTaskDetail(db, await getTask(db, { id }));
  }

  app.route({
    ...captchaSolvedRoute,
    handler: (request) => writeAnswer(personOf(request), request.params.id, finishCaptcha),
  });

  app.route({
    ...humanStepDoneRoute,
    handler: (request) => {
      const { params, body } = request;
      return writeAnswer(personOf(request), params.id, (write) =>
        finishHumanStep(write, { stepId: params.stepId, code: body.code }),
      );
    },
  });

  app.route({
    ...answerQuestionsRoute,
    handler: (request) => {
      const { params, body } = request;
      const { answers, remember = false } = body;
      return writeAnswer(personOf(request), params.id, (write) =>
        answerQuestions(write, { answers, remember }),
      );
    },
  });

  app.route({
    ...cancelTaskRoute,
    handler: async (request) => {
      const { db, user, writer } = personOf(request);
      const { id } = await getTask(db, { id: request.params.id, userId: user.id });
      await writeTask(writer, id, cancelTask);
      kickRelay();
      return taskOf(await getTask(db, { id }));
    },
  });

  app.route({
    ...resolveTaskRoute,
    handler: async (request) => {
      const { body } = request;
      const { db, user, writer } = personOf(request);
      const { id, userId } = await getTask(db, { id: request.params.id, userId: user.id });
      const { repeatsIntentId } = await writeTask(writer, id, (write) =>
        recordStatement(write, {
          says: "outcome" in body ? body.outcome : "resubmit",
          acceptsDuplicateRisk: body.acceptDuplicateRisk === true,
        }),
      );
      const task = await getTask(db, { id });
      if (repeatsIntentId === null) return { task: taskOf(task), resubmission: null };
      const repeated = await acceptTask(
        { ...deps, writer },
        { userId, body: await bodyOf(db, task), repeatsIntentId },
      );
      return { task: taskOf(task), resubmission: taskOf(repeated.task) };
    },
  });

  app.route({
    ...retryTaskRoute,
    handler: async (request, reply) => {
      const { db, user, writer } = personOf(request);
      const task = await getTask(db, { id: request.params.id, userId: user.id });
      return reply.code(201).send(taskOf(await retryTask({ ...deps, writer }, task)));
    },
  });
}
