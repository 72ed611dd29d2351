import {
  type BatchDetail,
  answerBatchRoute,
  cancelBatchRoute,
  createBatchRoute,
  getBatchRoute,
  listBatchesRoute,
  mostBatchJobs,
} from "@valet/contracts";
import {
  type BatchRow,
  type Db,
  answerBatch,
  batchOf,
  batchesOf,
  cancelBatch,
  getBatch,
  listBatchJobs,
  listBatches,
  listUnfinishedOfBatch,
} from "@valet/db";
import type { App } from "../app-type.ts";
import { acceptBatch } from "../batches/accept-batch.ts";
import { cancelUnfinished } from "../batches/cancel-unfinished.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { personOf } from "../identity/person.ts";

/** Hundreds of long addresses with answers of their own. */
const bodyLimitBytes = 8 * 1024 * 1024;

export function registerBatchRoutes(
  app: App,
  { networkPolicy, queueRoom, kickRelay, kickBatches }: PersonRouteDeps,
): void {
  app.route({
    ...createBatchRoute,
    bodyLimit: bodyLimitBytes,
    handler: async (request, reply) => {
      const idempotencyKey = request.headers["idempotency-key"];
      const { db, user } = personOf(request);
      const { batch, created } = await acceptBatch(
        { db, networkPolicy, queueRoom },
        {
          userId: user.id,
          body: request.body,
          ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        },
      );
      if (created) {
        kickBatches();
        kickRelay();
      }
      const detail = await detailOf(db, batch, { after: 0, limit: mostBatchJobs });
      return reply.code(created ? 201 : 200).send({ batch: detail });
    },
  });

  app.route({
    ...listBatchesRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const { limit } = request.query;
      return { batches: await batchesOf(db, await listBatches(db, { userId: user.id, limit })) };
    },
  });

  app.route({
    ...getBatchRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const batch = await getBatch(db, { id: request.params.id, userId: user.id });
      return detailOf(db, batch, request.query);
    },
  });

  app.route({
    ...cancelBatchRoute,
    handler: async (request) => {
      const { db, user, writer } = personOf(request);
      const { id } = await getBatch(db, { id: request.params.id, userId: user.id });
      await cancelBatch(db, id);
      await cancelUnfinished(writer, await listUnfinishedOfBatch(db, id));
      kickRelay();
      return batchOf(db, await getBatch(db, { id }));
    },
  });

  app.route({
    ...answerBatchRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const { id } = await getBatch(db, { id: request.params.id, userId: user.id });
      const { answers, start } = request.body;
      await answerBatch(db, id, { answers, start: start !== undefined });
      kickRelay();
      return batchOf(db, await getBatch(db, { id }));
    },
  });
}

async function detailOf(
  db: Db,
  batch: BatchRow,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<BatchDetail> {
  const [whole, jobs] = await Promise.all([
    batchOf(db, batch),
    listBatchJobs(db, { batchId: batch.id, after, limit: limit + 1 }),
  ]);
  const page = jobs.slice(0, limit);
  return {
    ...whole,
    jobs: page,
    nextLine: jobs.length > limit ? (page.at(-1)?.line ?? null) : null,
  };
}
