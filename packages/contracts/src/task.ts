import { z } from "zod";
import { ErrorCode } from "./error-codes.ts";
import { FieldValue, SnapshotField } from "./form.ts";
import { HeldUpBy, TaskPriority } from "./limits.ts";
import { ModelSpend } from "./model-spend.ts";
import { StartWindow } from "./start-window.ts";

export const TaskState = z.enum([
  "created",
  "queued",
  "provisioning",
  "analyzing",
  "filling",
  "uploading",
  "awaiting_human",
  "awaiting_review",
  "submitting",
  "verifying",
  "completed",
  "failed",
  "cancelled",
]);
export type TaskState = z.infer<typeof TaskState>;

export const Outcome = z.enum([
  "confirmed",
  "already_applied",
  "rejected",
  "unconfirmed",
  "not_submitted",
]);
export type Outcome = z.infer<typeof Outcome>;

export const IntentState = z.enum([
  "prepared",
  "approved",
  "armed",
  "dispatched",
  "confirmed",
  "rejected",
  "unknown",
  "aborted",
]);
export type IntentState = z.infer<typeof IntentState>;

/** Why an outcome is what it is: the second half of `not_submitted/QUESTION_UNANSWERED`. */
export const ReasonCode = z.enum([
  "REHEARSAL",
  "QUESTION_UNANSWERED",
  "POSTING_CLOSED",
  "PAGE_NOT_FOUND",
  "PAGE_UNREACHABLE",
  "FORM_NOT_FOUND",
  "PAGE_CHANGED",
  "OTHER_JOB",
  "OTHER_SITE",
  "REVIEW_EXPIRED",
  "CANCELLED",
  "RUN_CANCELLED",
  "RUN_TIMED_OUT",
  "RUN_LOST",
  "STEP_FAILED",
  "SESSION_LOST",
  "ALREADY_APPLIED",
  "SITE_REJECTED",
  "NO_PROOF",
  "FIELD_NOT_WRITABLE",
  "CAPTCHA_UNSOLVED",
  "EMAIL_CODE_REQUIRED",
  "SIGN_IN_REQUIRED",
  "CONSENT_REQUIRED",
  "SUPERSEDED_BY_OTHER_TASK",
  "STATED_BY_PERSON",
  "RESUME_NOT_READY",
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

export const TaskMode = z.enum(["copilot", "autopilot"]);
export type TaskMode = z.infer<typeof TaskMode>;

export const StepName = z.enum([
  "start-browser",
  "analyze-form",
  "fill-fields",
  "upload-resume",
  "check-captcha",
  "submit",
  "verify",
]);
export type StepName = z.infer<typeof StepName>;

export const HumanStepKind = z.enum([
  "review",
  "captcha",
  "email_code",
  "sign_in",
  "consent",
  "attestation",
  "question",
  "takeover",
]);
export type HumanStepKind = z.infer<typeof HumanStepKind>;

/** A wall that a site puts up and only the person can get past. */
export const PersonWall = HumanStepKind.extract(["captcha", "email_code", "sign_in", "consent"]);
export type PersonWall = z.infer<typeof PersonWall>;

/** A required question for which neither profile nor answer bank holds a fact. */
export const UnansweredQuestion = z.object({
  fieldId: z.string(),
  question: z.string(),
  options: z.array(z.string()),
  /** A suggestion, made of what is stored by a model that did not see it. Nothing of it is used unless it comes back as the answer. */
  draft: z.string().optional(),
});
export type UnansweredQuestion = z.infer<typeof UnansweredQuestion>;

/** A field as it was read back, with what Valet thought when it planned it. */
export const ShownField = SnapshotField.extend({
  /** Why it holds what it does, or was left out; null where nothing was planned for it. */
  why: z.string().nullable(),
});
export type ShownField = z.infer<typeof ShownField>;

/** What the task waits for a person to do. */
export const HumanStep = z.object({
  id: z.uuid(),
  kind: HumanStepKind,
  /** For the person: why they are needed and what to do. */
  reason: z.string(),
  /** Of a review: what an approval has to name. */
  digest: z.string().optional(),
  /** After this time the application ends without having been sent. */
  expiresAt: z.iso.datetime(),
  /** Of a question: what is asked, each to be answered under its `fieldId`. */
  questions: z.array(UnansweredQuestion).optional(),
  /** Of a code: how many characters it has, where the page shows that. */
  codeLength: z.number().int().optional(),
});
export type HumanStep = z.infer<typeof HumanStep>;

export const Confirmation = z.object({
  /** The site's own application number, when it shows one. */
  reference: z.string().optional(),
  /** Which independent signs were seen, e.g. `response_ok`, `confirmation_text`, `form_gone`. */
  signs: z.array(z.string()),
  at: z.iso.datetime(),
});
export type Confirmation = z.infer<typeof Confirmation>;

/** What the page of a job says of it. Each is absent where the page does not say it, or was not opened yet. */
export const Posting = z.object({
  company: z.string().optional(),
  title: z.string().optional(),
  location: z.string().optional(),
  /** What the browser's tab says. */
  pageTitle: z.string().optional(),
});
export type Posting = z.infer<typeof Posting>;

export const Task = z
  .object({
    id: z.uuid(),
    jobUrl: z.string(),
    jobKey: z.string(),
    resumeId: z.uuid(),
    mode: TaskMode,
    rehearsal: z.boolean(),
    platform: z.string(),
    /** As the job's address calls them, such as the name of their board; null where it does not. */
    employer: z.string().nullable(),
    posting: Posting,
    priority: TaskPriority,
    /** It is not started sooner; null where nobody asked for that. */
    runAt: z.iso.datetime().nullable(),
    /** The hours in which alone it may start. */
    window: StartWindow.nullable(),
    state: TaskState,
    outcome: Outcome.nullable(),
    reason: ReasonCode.nullable(),
    /** One sentence for the applicant about how it ended; null while it runs. */
    message: z.string().nullable(),
    pct: z.number().int(),
    lastSeq: z.number().int(),
    epoch: z.number().int(),
    runId: z.string().nullable(),
    questions: z.array(UnansweredQuestion),
    confirmation: Confirmation.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Task" });
export type Task = z.infer<typeof Task>;

/** Where an application that has not been started stands. */
export const QueuePlace = z.object({
  /** How many of the person's applications come before it. */
  behind: z.number().int(),
  /** What kept it from starting when it was looked at last; null before that. */
  heldUpBy: HeldUpBy.nullable(),
  /** Until when that holds, as far as it is known. */
  until: z.iso.datetime().nullable(),
});
export type QueuePlace = z.infer<typeof QueuePlace>;

export const ListedTask = Task.extend({
  /** Null once it was started. */
  queue: QueuePlace.nullable(),
}).meta({ id: "ListedTask" });
export type ListedTask = z.infer<typeof ListedTask>;

export const TaskDetail = ListedTask.extend({
  /** The latest read-back, field by field; empty before the form is filled. */
  fields: z.array(ShownField),
  humanStep: HumanStep.nullable(),
  evidence: z.array(z.object({ kind: z.string(), storageKey: z.string(), at: z.iso.datetime() })),
  /** On a language model, with all tries of this application; zeros where none was asked. */
  spend: ModelSpend,
}).meta({ id: "TaskDetail" });
export type TaskDetail = z.infer<typeof TaskDetail>;

/** Seconds that a person has for each kind of step; a day at most, as long as the engine keeps a wait. */
export const WaitLimits = z.partialRecord(HumanStepKind, z.number().int().min(5).max(86_400));
export type WaitLimits = z.infer<typeof WaitLimits>;

/** A question in words; how they are written is not looked at. */
export const QuestionText = z
  .string()
  .trim()
  .max(2_000)
  .regex(/[\p{L}\p{N}]/u, "A question has words.");

export const longestAnswer = 20_000;

const OneAnswer = z.string().max(longestAnswer).regex(/\S/u, "An answer is not empty.");

/** What a person answers to a question; several texts where it takes several. */
export const AnswerText = z.union([OneAnswer, z.array(OneAnswer).min(1).max(100)]);

/** Given before the form was read, so its questions are known by their words alone. */
export const AnswersInAdvance = z
  .array(z.strictObject({ question: QuestionText, answer: z.union([AnswerText, z.boolean()]) }))
  .max(100);
export type AnswersInAdvance = z.infer<typeof AnswersInAdvance>;

export const CreateTaskBody = z
  .strictObject({
    jobUrl: z.string().min(1).max(4096),
    resumeId: z.uuid(),
    mode: TaskMode,
    rehearsal: z.boolean().optional(),
    /** For this application; each kind has its own limit otherwise. */
    waitLimits: WaitLimits.optional(),
    /** For this application alone, and before all that is stored of the person. */
    answers: AnswersInAdvance.optional(),
    /** Among those of the person; `normal` unless given. */
    priority: TaskPriority.optional(),
    /** It is started then or soon after, and not sooner. */
    runAt: z.iso.datetime({ offset: true }).optional(),
    /** It is started only while this window is open. */
    window: StartWindow.optional(),
  })
  .refine(({ runAt, window }) => runAt === undefined || window === undefined, {
    path: ["window"],
    message: "Give either `runAt` or `window`.",
  });
export type CreateTaskBody = z.infer<typeof CreateTaskBody>;

export const ApproveBody = z.strictObject({
  digest: z.string().min(1).optional(),
  fieldOverrides: z.record(z.string(), FieldValue).optional(),
});
export type ApproveBody = z.infer<typeof ApproveBody>;

/** A code that a site has sent to the person. */
export const SiteCode = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}]{3,12}$/u, "A code has 3 to 12 letters or digits.");

/** The person says that what they were needed for is done; for a code, which. */
export const HumanStepDoneBody = z.strictObject({ code: SiteCode.optional() });
export type HumanStepDoneBody = z.infer<typeof HumanStepDoneBody>;

export const AnswersBody = z.strictObject({
  /** By the question's `fieldId`. */
  answers: z
    .record(z.string(), FieldValue)
    .refine((answers) => Object.keys(answers).length > 0, "Give at least one answer."),
  /** Kept in the profile too, for every form that asks the same. */
  remember: z.boolean().optional(),
});
export type AnswersBody = z.infer<typeof AnswersBody>;

/** What a person can say became of an application whose outcome is unknown. */
export const StatedOutcome = Outcome.exclude(["unconfirmed"]);
export type StatedOutcome = z.infer<typeof StatedOutcome>;

/** Needed where a second application could be a duplicate for the employer. */
const acceptDuplicateRisk = z.boolean().optional();

/** Either what became of it, or that it shall be sent once more although nobody knows. */
export const ResolveBody = z.union([
  z.strictObject({ outcome: StatedOutcome, acceptDuplicateRisk }),
  z.strictObject({ resubmit: z.literal(true), acceptDuplicateRisk }),
]);
export type ResolveBody = z.infer<typeof ResolveBody>;

export const Resolution = z
  .object({
    task: Task,
    /** The new application, where one was asked for; it names the old one in the database. */
    resubmission: Task.nullable(),
  })
  .meta({ id: "Resolution" });
export type Resolution = z.infer<typeof Resolution>;

export const Approval = z
  .object({
    approvalId: z.uuid(),
    taskId: z.uuid(),
    stepId: z.uuid(),
    /** Digest of the shown snapshot with the overrides applied. */
    digest: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: "Approval" });
export type Approval = z.infer<typeof Approval>;

export const TaskFailure = z.object({
  code: z.union([ReasonCode, ErrorCode]),
  message: z.string(),
});
