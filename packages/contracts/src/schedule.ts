import { z } from "zod";
import { ErrorCode } from "./error-codes.ts";
import { TimeZone } from "./limits.ts";
import { ReasonCode, TaskMode } from "./task.ts";

/** At most so many a person. */
export const maxSchedules = 100;
/** At most so many jobs in one of them. */
export const maxScheduledJobs = 500;

/** `done`: none of its jobs waits any more. */
export const ScheduleState = z.enum(["active", "paused", "done"]);
export type ScheduleState = z.infer<typeof ScheduleState>;

/** Why a job's time came and no application was started: what `POST /tasks` would have said, or what its page says. */
export const SkipCode = z.union([
  ReasonCode.extract(["POSTING_CLOSED", "PAGE_NOT_FOUND"]),
  ErrorCode,
]);
export type SkipCode = z.infer<typeof SkipCode>;

export const ScheduledJob = z.object({
  jobUrl: z.string(),
  state: z.enum(["waiting", "started", "skipped"]),
  /** What was started; of one that was skipped, the application that stood in its way. */
  taskId: z.uuid().nullable(),
  /** Of one that was skipped. */
  code: SkipCode.nullable(),
  message: z.string().nullable(),
});
export type ScheduledJob = z.infer<typeof ScheduledJob>;

export const Schedule = z
  .object({
    id: z.uuid(),
    name: z.string(),
    resumeId: z.uuid(),
    mode: TaskMode,
    state: ScheduleState,
    /** Its times; null of one that has but one, `at`. */
    cron: z.string().nullable(),
    at: z.iso.datetime({ offset: true }).nullable(),
    timeZone: z.string(),
    /** How many of its jobs are started each time; null: all that wait. */
    perRun: z.number().int().nullable(),
    /** When it starts jobs next, by the clock of its time zone; null while it is paused or done. */
    nextAt: z.iso.datetime({ offset: true }).nullable(),
    lastRunAt: z.iso.datetime({ offset: true }).nullable(),
    /** Seconds by which it was late then, since nothing ran at its time. Times missed are made up for once. */
    lateBy: z.number().int().nullable(),
    counts: z.object({
      waiting: z.number().int(),
      started: z.number().int(),
      skipped: z.number().int(),
    }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Schedule" });
export type Schedule = z.infer<typeof Schedule>;

/** With its jobs, in the order in which they are started. */
export const ScheduleDetail = Schedule.extend({ jobs: z.array(ScheduledJob) }).meta({
  id: "ScheduleDetail",
});
export type ScheduleDetail = z.infer<typeof ScheduleDetail>;

const name = z.string().trim().min(1).max(120);
const perRun = z.number().int().min(1).max(maxScheduledJobs);
const times = {
  /** Minute, hour, day of month, month, weekday: `30 9 * * mon-fri`. Not more often than every five minutes. */
  cron: z.string().max(200).optional(),
  /** Once. A year ahead at most. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** The one that `cron` is meant in; the person's own unless given. */
  timeZone: TimeZone.optional(),
};

export const CreateScheduleBody = z
  .strictObject({
    name,
    /** Addresses, in the order in which they are to be started; each job once. */
    jobs: z.array(z.string().min(1).max(4096)).min(1).max(maxScheduledJobs),
    resumeId: z.uuid(),
    mode: TaskMode,
    ...times,
    /** Of `cron` alone; all that wait unless given. */
    perRun: perRun.optional(),
  })
  .refine(({ cron, at }) => (cron === undefined) !== (at === undefined), {
    path: ["cron"],
    message: "Give either `cron` or `at`.",
  });
export type CreateScheduleBody = z.infer<typeof CreateScheduleBody>;

/** What is left out stays as it is. Its jobs, résumé and mode stay in any case. */
export const UpdateScheduleBody = z
  .strictObject({
    name: name.optional(),
    state: ScheduleState.exclude(["done"]).optional(),
    ...times,
    /** Null: all that wait. */
    perRun: perRun.nullable().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, "Say what is to change.")
  .refine(({ cron, at }) => cron === undefined || at === undefined, {
    path: ["cron"],
    message: "Give either `cron` or `at`.",
  });
export type UpdateScheduleBody = z.infer<typeof UpdateScheduleBody>;
