import { z } from "zod";
import { StepName, TaskMode } from "./task.ts";

/** Names on the engine. A namespace, where one is configured, is put before them by the SDK. */
export const workflowNames = {
  jobApplication: "job-application",
  fillPage: "fill-page",
  fillWithStagehand: "fill-with-stagehand",
  fillWithMagnitude: "fill-with-magnitude",
  dispatch: "dispatch",
  continueApplication: "continue-application",
  approveByAct: "approve-by-act",
  resumeParse: "resume-parse",
  batchApply: "batch-apply",
  startWave: "start-wave",
} as const;

export const stepNames = StepName.options;

/** Input of `job-application`: ids only; the person's data stays in Postgres. */
export const JobApplicationInput = z.strictObject({
  taskId: z.uuid(),
  jobUrl: z.string(),
  userId: z.uuid(),
  resumeId: z.uuid(),
  mode: TaskMode,
  platform: z.string(),
  /** Of one that was asked for with many others. */
  batchId: z.uuid().optional(),
});
export type JobApplicationInput = z.infer<typeof JobApplicationInput>;

/** Input of `resume-parse`, and what `resume:uploaded` carries: ids only. */
export const ResumeParseInput = z.strictObject({
  resumeId: z.uuid(),
  storageKey: z.string(),
  userId: z.uuid(),
});
export type ResumeParseInput = z.infer<typeof ResumeParseInput>;

export const ResumeStepName = z.enum(["extract-text", "llm-parse", "save-results"]);
export type ResumeStepName = z.infer<typeof ResumeStepName>;

/** Browser agents that point where no rule knows a way on, in the order in which they are asked. */
export const EngineName = z.enum(["stagehand", "magnitude"]);
export type EngineName = z.infer<typeof EngineName>;

/** Who helps with fields that the rules could not fill: nobody yet, an engine, and at last the person. */
export const FillHelp = z.enum(["none", ...EngineName.options, "person"]);
export type FillHelp = z.infer<typeof FillHelp>;

export const FillPageInput = z.strictObject({
  taskId: z.uuid(),
  runId: z.string(),
  page: z.number().int().min(1),
  help: FillHelp.default("none"),
});
export type FillPageInput = z.infer<typeof FillPageInput>;

export const DispatchInput = z.strictObject({
  taskId: z.uuid(),
  runId: z.string(),
  /**
   * The review that was approved, or the wall that the person was asked to get past; null in autopilot, where
   * the standing consent takes its place.
   */
  stepId: z.uuid().nullable(),
});
export type DispatchInput = z.infer<typeof DispatchInput>;

export const ContinueApplicationInput = z.strictObject({
  taskId: z.uuid(),
  runId: z.string(),
  /** What the person was asked to do; what became of that is in the database. */
  stepId: z.uuid(),
  /** The step that met the wall. */
  at: z.enum(["analyze-form", "fill-fields", "upload-resume"]),
  /** In how much the form differs from what its site publishes of it, as far as that is known. */
  disagreements: z.number().int().min(0),
});
export type ContinueApplicationInput = z.infer<typeof ContinueApplicationInput>;

/** Of `submit_pressed`: a person in control of this live browser has pressed the button that sends. */
export const SubmitPressed = z.strictObject({ taskId: z.uuid(), sessionId: z.uuid() });
export type SubmitPressed = z.infer<typeof SubmitPressed>;

/** On every run and child, so that one search on the engine follows one application. */
export const RunMetadata = z.object({
  taskId: z.string(),
  /** Of an application's own run: which start of it this is, from "1" on. */
  epoch: z.string().optional(),
  batchId: z.string().optional(),
  platform: z.string(),
  source: z.string(),
  mode: z.string(),
  /** Of an application's own run whose start was paced: how many its person may start in a minute. */
  startsPerMinute: z.string().optional(),
});
export type RunMetadata = z.infer<typeof RunMetadata>;

/**
 * One start of an application is one run, however often it is asked for: whoever got no answer asks again.
 * The engine keeps the key this long, which is longer than anybody goes on asking.
 */
export const applicationRunKey = {
  strategy: "ttl",
  expression:
    'input.taskId + ":" + (has(additional_metadata.epoch) ? additional_metadata.epoch : "1")',
  ttlMs: 24 * 60 * 60_000,
} as const;

/** On every run of `resume-parse`. */
export const ResumeRunMetadata = z.object({
  resumeId: z.string(),
  /** The how-manieth reading of this résumé it is, from "1" on. */
  epoch: z.string(),
  source: z.string(),
});
export type ResumeRunMetadata = z.infer<typeof ResumeRunMetadata>;

/** One reading of a résumé is one run, however often it is asked for. */
export const resumeRunKey = {
  ...applicationRunKey,
  expression:
    'input.resumeId + ":" + (has(additional_metadata.epoch) ? additional_metadata.epoch : "0")',
} as const;

/** Input of `batch-apply`: ids only. */
export const BatchApplyInput = z.strictObject({ batchId: z.uuid(), userId: z.uuid() });
export type BatchApplyInput = z.infer<typeof BatchApplyInput>;

export const StartWaveInput = z.strictObject({
  batchId: z.uuid(),
  /** Of the run that starts it, and which of its waves it is, both from 1 on. */
  epoch: z.number().int().min(1),
  wave: z.number().int().min(1),
});
export type StartWaveInput = z.infer<typeof StartWaveInput>;

/** On every run of `batch-apply` and on its children. */
export const BatchRunMetadata = z.object({
  batchId: z.string(),
  /** The how-manieth run of this batch it is, from "1" on. */
  epoch: z.string(),
  source: z.string(),
});
export type BatchRunMetadata = z.infer<typeof BatchRunMetadata>;

/** One start of a batch is one run, however often it is asked for. */
export const batchRunKey = {
  ...applicationRunKey,
  expression:
    'input.batchId + ":" + (has(additional_metadata.epoch) ? additional_metadata.epoch : "1")',
} as const;

/** Events pushed to the engine; payloads are ids only. */
export const engineEvents = {
  reviewApproved: "review_approved",
  captchaSolved: "captcha_solved",
  humanStepDone: "human_step_done",
  submitPressed: "submit_pressed",
  batchWaveDone: "batch_wave_done",
  taskCreated: "task:created",
  resumeUploaded: "resume:uploaded",
} as const;

export const ReviewApproved = z.object({
  taskId: z.uuid(),
  stepId: z.uuid(),
  approvalId: z.uuid(),
});
export type ReviewApproved = z.infer<typeof ReviewApproved>;

/** Of `captcha_solved` and `human_step_done`. */
export const HumanStepDone = z.object({ taskId: z.uuid(), stepId: z.uuid() });

/** One scope per wait, so that an older event of the same task can never satisfy a newer wait. */
export function waitScope(wait: { readonly taskId: string; readonly stepId: string }): string {
  return `task:${wait.taskId}:${wait.stepId}`;
}

/** Of `batch_wave_done`: there is room for more of this batch, or nothing of it is left. */
export const BatchWaveDone = z.object({ batchId: z.uuid() });
export type BatchWaveDone = z.infer<typeof BatchWaveDone>;

/** One scope per wave and run, so that what ended an earlier wave never ends this one. */
export function waveScope({ batchId, epoch, wave }: StartWaveInput): string {
  return `batch:${batchId}:${epoch}:${wave}`;
}
