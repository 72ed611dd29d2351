import {
  type Batch,
  type BatchAnswersBody,
  type BatchDetail,
  type CreateBatchBody,
  answerBatchRoute,
  cancelBatchRoute,
  createBatchRoute,
  getBatchRoute,
  listBatchesRoute,
} from "@valet/contracts";
import { type Transport, callRoute } from "./call-route.ts";

/** Many applications that are asked for at once. */
export interface BatchCalls {
  /** With a verdict on every job; the same `idempotencyKey` gives the same batch. */
  createBatch(
    body: CreateBatchBody,
    options?: { readonly idempotencyKey?: string },
    signal?: AbortSignal,
  ): Promise<BatchDetail>;
  /** The newest first. */
  listBatches(page?: { readonly limit?: number }, signal?: AbortSignal): Promise<Batch[]>;
  /** A page of its jobs: `after` is the `nextLine` of the one before. */
  getBatch(
    batchId: string,
    page?: { readonly after?: number; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<BatchDetail>;
  /** Starts nothing more, and cancels what was not yet sent. */
  cancelBatch(batchId: string, signal?: AbortSignal): Promise<Batch>;
  /** Answers what the forms of the batch ask, or starts it without. */
  answerBatch(batchId: string, body: BatchAnswersBody, signal?: AbortSignal): Promise<Batch>;
}

export function batchCalls(transport: Transport): BatchCalls {
  return {
    createBatch: async (body, { idempotencyKey } = {}, signal) => {
      const headers = { "idempotency-key": idempotencyKey };
      return (await callRoute(transport, createBatchRoute, { body, headers }, signal)).batch;
    },
    listBatches: async (page = {}, signal) =>
      (await callRoute(transport, listBatchesRoute, { query: { ...page } }, signal)).batches,
    getBatch: (id, page = {}, signal) =>
      callRoute(transport, getBatchRoute, { params: { id }, query: { ...page } }, signal),
    cancelBatch: (id, signal) => callRoute(transport, cancelBatchRoute, { params: { id } }, signal),
    answerBatch: (id, body, signal) =>
      callRoute(transport, answerBatchRoute, { params: { id }, body }, signal),
  };
}
