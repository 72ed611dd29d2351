import { z } from "zod";
import { ErrorCode } from "./error-codes.ts";
import { FieldKind, FieldValue } from "./form.ts";
import { TaskPriority } from "./limits.ts";
import { AnswersInAdvance, Outcome, ReasonCode, TaskMode, TaskState, WaitLimits } from "./task.ts";

/**
 * `collecting`: what its forms ask is being looked up. `asking`: it waits for answers of the person, or for
 * their word to start without. `running`: applications come of its jobs. `done`: each of them has ended.
 */
export const BatchState = z.enum(["collecting", "asking", "running", "done", "cancelled"]);
export type BatchState = z.infer<typeof BatchState>;

/**
 * What became of a job that was asked for. `accepted`: its application is still to be made. `started`: it is
 * made, and stands for itself. `duplicate`: it is the job of an earlier line. `already_applied`,
 * `in_progress`: another application stands against it. `refused`: `code` says why. `cancelled`: the batch
 * was, before it came to this one.
 */
export const BatchJobState = z.enum([
  "accepted",
  "started",
  "duplicate",
  "already_applied",
  "in_progress",
  "refused",
  "cancelled",
]);
export type BatchJobState = z.infer<typeof BatchJobState>;

export const mostBatchJobs = 500;

/** An address that cannot be one is refused by its line, and the others are accepted. */
const BatchJobUrl = z.string().max(4096);

export const CreateBatchBody = z
  .strictObject({
    /** Either these, each with its own answers where it has some… */
    jobs: z
      .array(z.strictObject({ jobUrl: BatchJobUrl, answers: AnswersInAdvance.optional() }))
      .min(1)
      .max(mostBatchJobs)
      .optional(),
    /** …or the addresses alone. */
    jobUrls: z.array(BatchJobUrl).min(1).max(mostBatchJobs).optional(),
    resumeId: z.uuid(),
    mode: TaskMode,
    rehearsal: z.boolean().optional(),
    /** `low` unless given, so that a single application goes before it. */
    priority: TaskPriority.optional(),
    /** None of its applications is started sooner. */
    runAt: z.iso.datetime({ offset: true }).optional(),
    /** For each of its applications. */
    answers: AnswersInAdvance.optional(),
    waitLimits: WaitLimits.optional(),
    /** Without asking first what its forms will ask: each application asks for itself. */
    start: z.literal("now").optional(),
  })
  .refine(({ jobs, jobUrls }) => (jobs === undefined) !== (jobUrls === undefined), {
    error: "Give either jobs or jobUrls.",
    path: ["jobs"],
  });
export type CreateBatchBody = z.infer<typeof CreateBatchBody>;

/** Asked by at least one of its forms, and answered by nobody yet when that was looked up. */
export const BatchQuestion = z.object({
  /** The same for the same words and the same options. */
  id: z.string(),
  question: z.string(),
  options: z.array(z.string()),
  kind: FieldKind,
  /** Of the jobs whose forms ask it. */
  lines: z.array(z.number().int()),
  /** Of the person; null until it is given. */
  answer: FieldValue.nullable(),
});
export type BatchQuestion = z.infer<typeof BatchQuestion>;

export const BatchJob = z.object({
  line: z.number().int(),
  jobUrl: z.string(),
  jobKey: z.string().nullable(),
  state: BatchJobState,
  /** Of a duplicate: the line that it repeats. */
  duplicateOf: z.number().int().nullable(),
  code: ErrorCode.nullable(),
  /** Its application or, where one stands against it, that one. */
  task: z
    .object({
      id: z.uuid(),
      state: TaskState,
      outcome: Outcome.nullable(),
      reason: ReasonCode.nullable(),
      pct: z.number().int(),
    })
    .nullable(),
});
export type BatchJob = z.infer<typeof BatchJob>;

/** A batch as a whole. */
export const Batch = z
  .object({
    id: z.uuid(),
    state: BatchState,
    resumeId: z.uuid(),
    mode: TaskMode,
    rehearsal: z.boolean(),
    priority: TaskPriority,
    runAt: z.iso.datetime().nullable(),
    counts: z.object({
      jobs: z.number().int(),
      byState: z.partialRecord(BatchJobState, z.number().int()),
      /** Of the applications that it made, by their state and, once they have ended, by their outcome. */
      tasks: z.partialRecord(TaskState, z.number().int()),
      outcomes: z.partialRecord(Outcome, z.number().int()),
    }),
    questions: z.array(BatchQuestion),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Batch" });
export type Batch = z.infer<typeof Batch>;

export const BatchDetail = Batch.extend({
  /** In the order of their lines. */
  jobs: z.array(BatchJob),
  /** The last line of this page; null where no more follow. */
  nextLine: z.number().int().nullable(),
}).meta({ id: "BatchDetail" });
export type BatchDetail = z.infer<typeof BatchDetail>;

export const BatchAnswersBody = z
  .strictObject({
    /** By the question's `id`. */
    answers: z.record(z.string(), FieldValue).default({}),
    /** The rest is asked by each application for itself. */
    start: z.literal("now").optional(),
  })
  .refine(
    ({ answers, start }) => Object.keys(answers).length > 0 || start !== undefined,
    "Give at least one answer, or say to start now.",
  );
export type BatchAnswersBody = z.input<typeof BatchAnswersBody>;
