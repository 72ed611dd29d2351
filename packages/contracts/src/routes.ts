import { z } from "zod";
import { Problem } from "./error-codes.ts";
import { TaskEvent } from "./events.ts";
import { LiveMode } from "./live-view.ts";
import { Profile } from "./profile.ts";
import {
  AnswersBody,
  Approval,
  ApproveBody,
  CreateTaskBody,
  HumanStepDoneBody,
  Resolution,
  ResolveBody,
  StepName,
  Task,
  TaskDetail,
  TaskState,
} from "./task.ts";

/** A route said once, as data: the API serves it, the client calls it. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly schema: {
    readonly summary: string;
    readonly tags: readonly string[];
    readonly params?: z.ZodType;
    readonly querystring?: z.ZodType;
    readonly headers?: z.ZodType;
    readonly body?: z.ZodType;
    readonly response: Readonly<Record<number, z.ZodType>>;
  };
}

const problems = { 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem } as const;
const TaskParams = z.object({ id: z.string() });

export const Resume = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    contentType: z.string(),
    byteSize: z.number().int(),
    sha256: z.string(),
    state: z.enum(["ready"]),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Resume" });
export type Resume = z.infer<typeof Resume>;

/** Largest résumé that is accepted, in bytes. */
export const maxResumeBytes = 10 * 1024 * 1024;

export const createTaskRoute = {
  method: "POST",
  url: "/tasks",
  schema: {
    summary: "Start an application",
    tags: ["tasks"],
    headers: z.looseObject({ "idempotency-key": z.string().min(1).max(200).optional() }),
    body: CreateTaskBody,
    response: { 201: Task, 200: Task, ...problems },
  },
} as const satisfies Route;

export const listTasksRoute = {
  method: "GET",
  url: "/tasks",
  schema: {
    summary: "List applications, newest first",
    tags: ["tasks"],
    querystring: z.object({
      state: TaskState.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(25),
      cursor: z.string().optional(),
    }),
    response: {
      200: z.object({ tasks: z.array(Task), nextCursor: z.string().nullable() }),
      ...problems,
    },
  },
} as const satisfies Route;

export const getTaskRoute = {
  method: "GET",
  url: "/tasks/:id",
  schema: {
    summary: "One application with its fields and what it waits for",
    tags: ["tasks"],
    params: TaskParams,
    response: { 200: TaskDetail, ...problems },
  },
} as const satisfies Route;

export const listEventsRoute = {
  method: "GET",
  url: "/tasks/:id/events",
  schema: {
    summary: "Durable events in order, from after a sequence number",
    tags: ["tasks"],
    params: TaskParams,
    querystring: z.object({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(500),
    }),
    response: {
      200: z.object({ events: z.array(TaskEvent), lastSeq: z.number().int() }),
      ...problems,
    },
  },
} as const satisfies Route;

export const approveTaskRoute = {
  method: "POST",
  url: "/tasks/:id/approve",
  schema: {
    summary: "Approve exactly what was shown, optionally with corrections",
    tags: ["tasks"],
    params: TaskParams,
    body: ApproveBody,
    response: { 200: Approval, ...problems },
  },
} as const satisfies Route;

export const cancelTaskRoute = {
  method: "POST",
  url: "/tasks/:id/cancel",
  schema: {
    summary: "Stop an application that has not been submitted",
    tags: ["tasks"],
    params: TaskParams,
    response: { 200: Task, ...problems },
  },
} as const satisfies Route;

export const captchaSolvedRoute = {
  method: "POST",
  url: "/tasks/:id/captcha-solved",
  schema: {
    summary: "Say that the captcha is solved; the page is looked at again, not believed",
    tags: ["tasks"],
    params: TaskParams,
    response: { 200: TaskDetail, ...problems },
  },
} as const satisfies Route;

export const humanStepDoneRoute = {
  method: "POST",
  url: "/tasks/:id/human-steps/:stepId/done",
  schema: {
    summary: "Say that what a person was needed for is done, with the code where one was asked for",
    tags: ["tasks"],
    params: z.object({ id: z.string(), stepId: z.string() }),
    body: HumanStepDoneBody,
    response: { 200: TaskDetail, ...problems },
  },
} as const satisfies Route;

export const answerQuestionsRoute = {
  method: "POST",
  url: "/tasks/:id/answers",
  schema: {
    summary: "Answer what the form asks and nobody has stored",
    tags: ["tasks"],
    params: TaskParams,
    body: AnswersBody,
    response: { 200: TaskDetail, ...problems },
  },
} as const satisfies Route;

export const resolveTaskRoute = {
  method: "POST",
  url: "/tasks/:id/resolve",
  schema: {
    summary:
      "Say what became of an application whose outcome is unknown, or have it sent once more",
    tags: ["tasks"],
    params: TaskParams,
    body: ResolveBody,
    response: { 200: Resolution, ...problems },
  },
} as const satisfies Route;

export const retryTaskRoute = {
  method: "POST",
  url: "/tasks/:id/retry",
  schema: {
    summary: "Start an application once more of which nothing can have arrived; gives the new one",
    tags: ["tasks"],
    params: TaskParams,
    response: { 201: Task, ...problems },
  },
} as const satisfies Route;

/** What opens one connection to a task's live browser, once. */
export const LiveTicket = z
  .object({
    /** Of the WebSocket. It speaks RFB under the subprotocol `binary`. */
    url: z.url(),
    /** Offered as a second subprotocol, `ticket.` followed by this: an address is logged in many places. */
    ticket: z.string(),
    expiresAt: z.iso.datetime(),
    mode: LiveMode,
    /** In control: names the window that has it, for a new ticket after a broken connection. */
    control: z.uuid().nullable(),
    /** Whether what is copied elsewhere can be pasted into the browser. */
    clipboard: z.boolean(),
  })
  .meta({ id: "LiveTicket" });
export type LiveTicket = z.infer<typeof LiveTicket>;

export const takeOverTaskRoute = {
  method: "POST",
  url: "/tasks/:id/takeover",
  schema: {
    summary: "Look at the application's live browser, or act in it while automation waits",
    tags: ["tasks"],
    params: TaskParams,
    body: z.strictObject({
      mode: LiveMode,
      /** The window that has control already and asks again. */
      control: z.uuid().optional(),
    }),
    response: { 200: LiveTicket, 403: Problem, 410: Problem, 503: Problem, ...problems },
  },
} as const satisfies Route;

export const typeTextRoute = {
  method: "POST",
  url: "/tasks/:id/text",
  schema: {
    summary: "Enter text where the cursor stands in the live browser, for the window in control",
    tags: ["tasks"],
    params: TaskParams,
    body: z.strictObject({ control: z.uuid(), text: z.string().min(1).max(20_000) }),
    response: {
      200: z.object({ typed: z.literal(true) }),
      410: Problem,
      503: Problem,
      ...problems,
    },
  },
} as const satisfies Route;

export const releaseTaskRoute = {
  method: "POST",
  url: "/tasks/:id/release",
  schema: {
    summary: "Hand the live browser back, so that automation goes on; also when nobody has it",
    tags: ["tasks"],
    params: TaskParams,
    response: { 200: Task, 503: Problem, ...problems },
  },
} as const satisfies Route;

export const uploadResumeRoute = {
  method: "POST",
  url: "/resumes",
  schema: {
    summary: "Store a résumé (multipart, one PDF or DOCX file, at most 10 MB)",
    tags: ["resumes"],
    response: { 201: Resume, 413: Problem, 415: Problem, ...problems },
  },
} as const satisfies Route;

export const listResumesRoute = {
  method: "GET",
  url: "/resumes",
  schema: {
    summary: "List résumés, newest first",
    tags: ["resumes"],
    response: { 200: z.object({ resumes: z.array(Resume) }), ...problems },
  },
} as const satisfies Route;

export const getResumeRoute = {
  method: "GET",
  url: "/resumes/:id",
  schema: {
    summary: "One résumé",
    tags: ["resumes"],
    params: z.object({ id: z.string() }),
    response: { 200: Resume, ...problems },
  },
} as const satisfies Route;

export const getProfileRoute = {
  method: "GET",
  url: "/profile",
  schema: {
    summary: "The applicant's facts",
    tags: ["profile"],
    response: { 200: Profile, ...problems },
  },
} as const satisfies Route;

export const putProfileRoute = {
  method: "PUT",
  url: "/profile",
  schema: {
    summary: "Replace the applicant's facts",
    tags: ["profile"],
    body: Profile,
    response: { 200: Profile, ...problems },
  },
} as const satisfies Route;

export const createUserRoute = {
  method: "POST",
  url: "/admin/users",
  schema: {
    summary: "Add a user; the answer holds the key, which is shown only once (role admin)",
    tags: ["admin"],
    body: z.strictObject({
      name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/),
      role: z.enum(["user", "admin"]).default("user"),
    }),
    response: {
      201: z.object({ id: z.uuid(), name: z.string(), role: z.string(), apiKey: z.string() }),
      403: Problem,
      ...problems,
    },
  },
} as const satisfies Route;

/** What a session host said of itself last: counts and sizes. */
export const SessionHostReport = z.object({
  pool: z
    .array(z.object({ ageMs: z.number().int(), memoryBytes: z.number().int().optional() }))
    .default([]),
  memory: z
    .object({ budgetBytes: z.number().int(), usedBytes: z.number().int() })
    .default({ budgetBytes: 0, usedBytes: 0 }),
  sessions: z
    .array(z.object({ sessionId: z.string(), memoryBytes: z.number().int().optional() }))
    .default([]),
});
export type SessionHostReport = z.infer<typeof SessionHostReport>;

export const SessionOverview = z.object({
  hosts: z.array(
    SessionHostReport.omit({ sessions: true }).extend({
      url: z.string(),
      /** Since its last sign of life; a host that lives gives one every 2 s. */
      silentForMs: z.number().int(),
    }),
  ),
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      taskId: z.string(),
      taskState: TaskState,
      hostUrl: z.string(),
      /** Grows with every worker that takes the session over; 0 before the first. */
      fence: z.number().int(),
      /** The worker that attached last and has not let go. */
      owner: z.string().nullable(),
      /** Whether it is connected, give or take its lease of 15 s. */
      leased: z.boolean(),
      ageMs: z.number().int(),
      /** Null until the host has measured it. */
      memoryBytes: z.number().int().nullable(),
    }),
  ),
});
export type SessionOverview = z.infer<typeof SessionOverview>;

export const listSessionsRoute = {
  method: "GET",
  url: "/admin/sessions",
  schema: {
    summary:
      "Live browser sessions of all hosts, oldest first, and what waits in their pools (role admin)",
    tags: ["admin"],
    response: { 200: SessionOverview, 403: Problem, ...problems },
  },
} as const satisfies Route;

export const getReceiptRoute = {
  method: "GET",
  url: "/tasks/:id/receipt",
  schema: {
    summary: "What was sent and how it was proved (`Accept: text/html` for a page)",
    tags: ["tasks"],
    params: TaskParams,
    response: { 200: z.unknown().describe("The receipt, as JSON or as a page"), ...problems },
  },
} as const satisfies Route;

/** One try of one step, as the run view shows it. */
const StepRun = z.object({
  name: StepName,
  attempt: z.number().int(),
  workerId: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** Time from start to end; null while it runs. */
  ms: z.number().int().nullable(),
  result: z.string().nullable(),
});

export const getRunRoute = {
  method: "GET",
  url: "/tasks/:id/run",
  schema: {
    summary: "The run of an application, step by step",
    tags: ["tasks"],
    params: TaskParams,
    response: {
      200: z.object({
        runId: z.string().nullable(),
        epoch: z.number().int(),
        steps: z.array(StepRun),
      }),
      ...problems,
    },
  },
} as const satisfies Route;

/** Server-sent events; `Last-Event-ID` resumes after that sequence number. */
export const streamTaskRoute = {
  method: "GET",
  url: "/tasks/:id/stream",
  schema: {
    summary: "Follow an application live (server-sent events)",
    tags: ["tasks"],
    params: TaskParams,
    querystring: z.object({ after: z.coerce.number().int().min(0).optional() }),
    response: {
      200: z.unknown().describe("text/event-stream: each event of the log once, in order"),
      204: z.null().describe("The task has ended and the reader has all of it"),
      ...problems,
    },
  },
} as const satisfies Route;
