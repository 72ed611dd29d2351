import { z } from "zod";
import { SnapshotField } from "./form.ts";
import { ParseFailure, ResumeState } from "./resume-parse.ts";
import {
  Confirmation,
  HumanStepKind,
  Outcome,
  StepName,
  TaskState,
  UnansweredQuestion,
} from "./task.ts";

const envelope = {
  /** Gap-free per task, from 1. */
  seq: z.number().int().min(1),
  /** Number of the run that wrote it; grows when a task is restarted. */
  epoch: z.number().int().min(0),
  taskId: z.uuid(),
  at: z.iso.datetime(),
};

/**
 * What happened, by type. `data` of `field_review` and `submit_pressed` holds values and stays in Postgres
 * and SSE.
 */
export const eventData = {
  state_change: z.object({ from: TaskState, to: TaskState }),
  progress: z.object({
    step: StepName,
    pct: z.number().int().min(0).max(100),
    message: z.string(),
  }),
  field_review: z.object({
    digest: z.string(),
    stepId: z.uuid().optional(),
    fields: z.array(SnapshotField),
  }),
  human_needed: z.object({
    stepId: z.uuid(),
    kind: HumanStepKind,
    reason: z.string(),
    url: z.string(),
    expiresAt: z.iso.datetime(),
    screenshot: z.string().optional(),
  }),
  /** A person in control pressed the button that sends; the press itself was kept back. */
  submit_pressed: z.object({
    /** For the person: what to do now, or why it cannot be sent from the live view. */
    message: z.string(),
    /** Their approval by act: the same press once more, until then, sends what the page holds. */
    approval: z
      .object({
        approvalId: z.uuid(),
        digest: z.string(),
        expiresAt: z.iso.datetime(),
        fields: z.array(SnapshotField),
      })
      .optional(),
  }),
  human_done: z.object({ stepId: z.uuid(), outcome: z.string() }),
  completed: z.object({ outcome: Outcome, confirmation: Confirmation.optional() }),
  failed: z.object({
    code: z.string(),
    message: z.string(),
    outcome: Outcome,
    step: StepName.optional(),
    questions: z.array(UnansweredQuestion).optional(),
  }),
  resume_state: z.object({
    resumeId: z.uuid(),
    state: ResumeState,
    /** Why its text could not be read. */
    reason: ParseFailure.optional(),
  }),
} as const;

export type EventType = keyof typeof eventData;

const eventOf = <T extends EventType>(type: T) =>
  z.object({ ...envelope, type: z.literal(type), data: eventData[type] });

/**
 * In a task's log: why it waits, or waits no more. Without a task it is the résumé's own and in the person's
 * log alone; `seq` is then gap-free per résumé and `epoch` counts how often it was to be read.
 */
const resumeState = z.object({
  ...envelope,
  taskId: z.uuid().optional(),
  type: z.literal("resume_state"),
  data: eventData.resume_state,
});

/** One durable event of a log. */
export const TaskEvent = z
  .discriminatedUnion("type", [
    eventOf("state_change"),
    eventOf("progress"),
    eventOf("field_review"),
    eventOf("human_needed"),
    eventOf("submit_pressed"),
    eventOf("human_done"),
    eventOf("completed"),
    eventOf("failed"),
    resumeState,
  ])
  .meta({ id: "TaskEvent" });
export type TaskEvent = z.infer<typeof TaskEvent>;

/** An event before it has its number. */
export type NewTaskEvent = {
  [T in EventType]: { type: T; data: z.infer<(typeof eventData)[T]> };
}[EventType];

/** The flat message on `tasks:<userId>`: a doorbell, never with field values. */
export const TaskMessage = z.object({
  type: z.string(),
  /** Absent where it is no task's. */
  taskId: z.string().optional(),
  seq: z.number().int(),
  step: z.string().optional(),
  pct: z.number().int().optional(),
  message: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  stepId: z.string().optional(),
  kind: z.string().optional(),
  url: z.string().optional(),
  outcome: z.string().optional(),
  digest: z.string().optional(),
  count: z.number().int().optional(),
  resumeId: z.string().optional(),
  state: z.string().optional(),
  reason: z.string().optional(),
  /** Among all events of the person: what a reader of all their applications resumes after. */
  position: z.number().int().optional(),
});
export type TaskMessage = z.infer<typeof TaskMessage>;

/** Drops everything but ids, states and counts, so that Redis never carries a value. */
export function toTaskMessage(event: TaskEvent): TaskMessage {
  const { type, taskId, seq } = event;
  const head = { type, seq, ...(taskId === undefined ? {} : { taskId }) };
  switch (event.type) {
    case "state_change":
    case "progress":
      return { ...head, ...event.data };
    case "field_review":
      return { ...head, digest: event.data.digest, count: event.data.fields.length };
    case "human_needed":
      return { ...head, stepId: event.data.stepId, kind: event.data.kind, url: event.data.url };
    case "submit_pressed": {
      const { approval } = event.data;
      if (approval === undefined) return head;
      return { ...head, digest: approval.digest, count: approval.fields.length };
    }
    case "human_done":
      return { ...head, stepId: event.data.stepId, outcome: event.data.outcome };
    case "completed":
      return { ...head, outcome: event.data.outcome };
    case "failed":
      return {
        ...head,
        outcome: event.data.outcome,
        ...(event.data.step ? { step: event.data.step } : {}),
      };
    case "resume_state":
      return { ...head, ...event.data };
  }
}
