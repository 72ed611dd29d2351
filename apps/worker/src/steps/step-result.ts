import { ContinueApplicationInput, HumanStepKind } from "@valet/contracts";
import { z } from "zod";

/** A newer run owns the task: this one touches nothing more. */
const Superseded = z.object({ superseded: z.literal(true) });
/** The task has come to its end; the steps that remain return at once. */
const Ended = z.object({ ended: z.literal(true) });
/** Something may have been sent already: only the outcome remains to be found. */
const Sent = z.object({ sent: z.literal(true) });

/** What a person is waited for. */
export const WaitsFor = z.strictObject({
  stepId: z.uuid(),
  kind: HumanStepKind,
  /** How long they have, from when they were asked. */
  seconds: z.number().int().positive(),
});
export type WaitsFor = z.infer<typeof WaitsFor>;

/** Only the person can go on from here: `check-captcha` waits for them. */
const Stopped = z.object({
  stopped: WaitsFor.extend(ContinueApplicationInput.pick({ at: true, disagreements: true }).shape),
});
export type Stopped = z.infer<typeof Stopped>;

/** Why a step has nothing to do; passed on unchanged to the steps after it. */
export const Passed = z.union([Superseded, Ended, Sent, Stopped]);
export type Passed = z.infer<typeof Passed>;

export function isStopped(output: object): output is Stopped {
  return Stopped.safeParse(output).success;
}

export const superseded: Passed = { superseded: true };
export const ended: Passed = { ended: true };
export const sent: Passed = { sent: true };

export function isPassed(output: object): output is Passed {
  return Passed.safeParse(output).success;
}

const count = z.number().int().min(0);

/** What each step hands to the next: ids and counts, never values (design §4). */
export const StartBrowserOutput = z.strictObject({ sessionId: z.string(), workerId: z.string() });
export type StartBrowserOutput = z.infer<typeof StartBrowserOutput>;

export const AnalyzeFormOutput = z.strictObject({
  fields: count,
  planned: count,
  skipped: count,
  /** In how much the form differs from what its site publishes of it. */
  disagreements: count.default(0),
});
export type AnalyzeFormOutput = z.infer<typeof AnalyzeFormOutput>;

export const FillPageOutput = z.strictObject({ page: count, filled: count, isLast: z.boolean() });
export type FillPageOutput = z.infer<typeof FillPageOutput>;

/** So many fields of the page hold nothing of what was planned: the next one may help. */
export const FillPageLeft = z.strictObject({ page: count, left: count });
export type FillPageLeft = z.infer<typeof FillPageLeft>;

/** What may become of one page. */
export const PageEnd = z.union([FillPageOutput, FillPageLeft, Passed]);
export type PageEnd = z.infer<typeof PageEnd>;

export const FillFieldsOutput = z.strictObject({
  pages: count,
  filled: count,
  /** As `analyze-form` found them: a person then looks in every mode. */
  disagreements: count.default(0),
});
export type FillFieldsOutput = z.infer<typeof FillFieldsOutput>;

/** The review that has to be passed before anything is sent. */
const PreparedReview = {
  digest: z.string(),
  /** The person's review; null where none is needed (autopilot, rehearsal). */
  stepId: z.uuid().nullable(),
  rehearsal: z.boolean(),
  /** How long the person has for it, where they chose another time than the usual day. */
  reviewSeconds: z.number().int().positive().optional(),
};

export const UploadResumeOutput = z.strictObject({
  attached: count,
  verified: count,
  ...PreparedReview,
});
export type UploadResumeOutput = z.infer<typeof UploadResumeOutput>;

export const CheckCaptchaOutput = z.strictObject({
  /** How often a person was waited for. */
  walls: count,
  ...PreparedReview,
});
export type CheckCaptchaOutput = z.infer<typeof CheckCaptchaOutput>;

const Rehearsed = z.strictObject({
  /** Whether the button sent the form at all. */
  rehearsed: z.enum(["would_send", "sends_nothing"]),
  /** Values and files that the application would have carried. */
  carried: count,
  /** In how much it differs from what the form shows. */
  differences: count,
});
export type Rehearsed = z.infer<typeof Rehearsed>;

export const DispatchOutput = z.union([
  z.strictObject({ dispatched: z.literal(true) }),
  Rehearsed,
  /**
   * The page was not what had been approved, or the approval was used up by a try that is gone: a new review
   * shows it; null where the standing consent has approved it anew.
   */
  z.strictObject({ reviewAgain: z.uuid().nullable() }),
  /** A wall came up at the click and nothing was taken: the person gets past it, then it goes on. */
  z.strictObject({ waitsFor: WaitsFor }),
]);
export type DispatchOutput = z.infer<typeof DispatchOutput>;

export const SubmitOutput = z.union([
  z.strictObject({ dispatched: z.literal(true) }),
  Rehearsed,
  z.strictObject({ expired: z.uuid() }),
]);
export type SubmitOutput = z.infer<typeof SubmitOutput>;

export const VerifyOutput = z.strictObject({ outcome: z.string(), signs: count });
export type VerifyOutput = z.infer<typeof VerifyOutput>;
