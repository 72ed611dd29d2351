import { z } from "zod";
import { Batch, BatchAnswersBody, BatchDetail, CreateBatchBody, mostBatchJobs } from "../batch.ts";
import { type Route, keyHeaders, problems } from "./route.ts";

const BatchParams = z.object({ id: z.string() });

export const createBatchRoute = {
  method: "POST",
  url: "/batches",
  access: "apply",
  schema: {
    summary: "Apply for many jobs at once; says of each line what becomes of it",
    tags: ["batches"],
    headers: keyHeaders,
    body: CreateBatchBody,
    response: {
      201: z.object({ batch: BatchDetail }),
      200: z.object({ batch: BatchDetail }),
      ...problems,
    },
  },
} as const satisfies Route;

export const listBatchesRoute = {
  method: "GET",
  url: "/batches",
  access: "read",
  schema: {
    summary: "List batches, newest first",
    tags: ["batches"],
    querystring: z.object({ limit: z.coerce.number().int().min(1).max(100).default(25) }),
    response: { 200: z.object({ batches: z.array(Batch) }), ...problems },
  },
} as const satisfies Route;

export const getBatchRoute = {
  method: "GET",
  url: "/batches/:id",
  access: "read",
  schema: {
    summary: "One batch: its progress, what it asks, and what became of each job",
    tags: ["batches"],
    params: BatchParams,
    querystring: z.object({
      limit: z.coerce.number().int().min(1).max(mostBatchJobs).default(100),
      /** The `nextLine` of the page before. */
      after: z.coerce.number().int().min(0).default(0),
    }),
    response: { 200: BatchDetail, ...problems },
  },
} as const satisfies Route;

export const cancelBatchRoute = {
  method: "POST",
  url: "/batches/:id/cancel",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary: "Start nothing more of a batch, and cancel of its applications what was not yet sent",
    tags: ["batches"],
    headers: keyHeaders,
    params: BatchParams,
    response: { 200: Batch, ...problems },
  },
} as const satisfies Route;

export const answerBatchRoute = {
  method: "POST",
  url: "/batches/:id/answers",
  access: "approve",
  keepsAnswer: true,
  schema: {
    summary: "Answer once what the forms of a batch ask, or start it without",
    tags: ["batches"],
    headers: keyHeaders,
    params: BatchParams,
    body: BatchAnswersBody,
    response: { 200: Batch, ...problems },
  },
} as const satisfies Route;
