import {
  type AnswersBody,
  type Approval,
  type ApproveBody,
  type CreateTaskBody,
  type LiveMode,
  type LiveTicket,
  type HumanStepDoneBody,
  type QueueOverview,
  type Resolution,
  type ResolveBody,
  type AcceptChanges,
  type AcceptedChanges,
  type FileLink,
  type ProfileSources,
  type Resume,
  type ResumeDetail,
  type RunActions,
  type RunFilters,
  type RunPage,
  type RunSelection,
  type SessionOverview,
  type StreamTicket,
  type Task,
  type TaskDetail,
  type TaskEvent,
  type TaskPreview,
  type TaskRun,
  type WorkerOverview,
  answerQuestionsRoute,
  approveTaskRoute,
  cancelRunsRoute,
  cancelTaskRoute,
  captchaSolvedRoute,
  createStreamTicketRoute,
  createTaskRoute,
  createUserRoute,
  getMeRoute,
  getQueueRoute,
  getReceiptRoute,
  acceptResumeRoute,
  getProfileSourcesRoute,
  getResumeRoute,
  linkResumeRoute,
  reparseResumeRoute,
  getRunRoute,
  getTaskRoute,
  humanStepDoneRoute,
  listEventsRoute,
  listPersonEventsRoute,
  listResumesRoute,
  listRunsRoute,
  listSessionsRoute,
  listTasksRoute,
  listWorkersRoute,
  previewTaskRoute,
  releaseTaskRoute,
  replayRunsRoute,
  requeueRunsRoute,
  resolveTaskRoute,
  retryTaskRoute,
  takeOverTaskRoute,
  typeTextRoute,
  uploadResumeRoute,
} from "@valet/contracts";
import { type AccountClient, createAccountClient } from "./account-client.ts";
import { type AnswerBankCalls, answerBankCalls } from "./answer-bank-calls.ts";
import { type BatchCalls, batchCalls } from "./batch-calls.ts";
import { type ProfileCalls, profileCalls } from "./profile-calls.ts";
import { type Answer, type Transport, callRoute, request } from "./call-route.ts";
import { type EventSocket, type EventSocketOptions, openEventSocket } from "./event-socket.ts";
import { type FollowInput, type PersonEvent, followAll, followTask } from "./follow-task.ts";
import { type IdentityCalls, identityCalls } from "./identity-calls.ts";
import { type LimitCalls, limitCalls } from "./limit-calls.ts";
import { type ScheduleCalls, scheduleCalls } from "./schedule-calls.ts";
import { type WebhookClient, createWebhookClient } from "./webhook-client.ts";

export interface ValetClientInput {
  /** Of the API, e.g. `http://127.0.0.1:8180`. */
  readonly url: string;
  /** Not in a page of Valet's own server: there the login counts. */
  readonly apiKey?: string;
  readonly fetch?: typeof fetch;
}

export interface RunsFilter extends RunFilters {
  readonly limit?: number;
  readonly cursor?: string;
}

export interface TaskFilter extends RunsFilter {
  /** Whether it waits for a person. */
  readonly waiting?: boolean;
}

export interface ResumeFile {
  readonly fileName: string;
  readonly body: Uint8Array<ArrayBuffer> | Blob;
}

/**
 * Valet's HTTP API. Every method throws a `ValetError` with the server's code, or
 * `API_UNREACHABLE`; answers are checked against the contract.
 */
export interface ValetClient
  extends
    IdentityCalls,
    AnswerBankCalls,
    BatchCalls,
    ProfileCalls,
    LimitCalls,
    ScheduleCalls,
    WebhookClient,
    AccountClient {
  /** The same `idempotencyKey` gives the same task, however often it is sent. */
  createTask(
    body: CreateTaskBody,
    options?: { readonly idempotencyKey?: string },
    signal?: AbortSignal,
  ): Promise<Task>;
  listTasks(filter?: TaskFilter, signal?: AbortSignal): Promise<Answer<typeof listTasksRoute>>;
  getTask(taskId: string, signal?: AbortSignal): Promise<TaskDetail>;
  listEvents(
    taskId: string,
    page?: { readonly after?: number; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<Answer<typeof listEventsRoute>>;
  /** Events as they happen; see `followTask`. */
  followTask(
    taskId: string,
    options?: Omit<FollowInput, "taskId">,
  ): AsyncGenerator<TaskEvent, void, undefined>;
  /** Events of all applications as they happen; see `followAll`. */
  followAll(options?: Omit<FollowInput, "taskId">): AsyncGenerator<PersonEvent, void, undefined>;
  listPersonEvents(
    page?: { readonly after?: number; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<Answer<typeof listPersonEventsRoute>>;
  /** Follows any number of logs on one WebSocket. */
  openEventSocket(options?: EventSocketOptions): EventSocket;
  /** Opens one WebSocket at `/ws`, once; `openEventSocket` asks for its tickets itself. */
  createStreamTicket(signal?: AbortSignal): Promise<StreamTicket>;
  approveTask(taskId: string, body: ApproveBody, signal?: AbortSignal): Promise<Approval>;
  /** Says that the captcha is solved; Valet looks at the page and does not take anybody's word. */
  captchaSolved(taskId: string, signal?: AbortSignal): Promise<TaskDetail>;
  /** Says that what a person was needed for is done, with the code where one was asked for. */
  humanStepDone(
    taskId: string,
    stepId: string,
    body?: HumanStepDoneBody,
    signal?: AbortSignal,
  ): Promise<TaskDetail>;
  /** Answers what the form asks and nobody has stored. */
  answerQuestions(taskId: string, body: AnswersBody, signal?: AbortSignal): Promise<TaskDetail>;
  cancelTask(taskId: string, signal?: AbortSignal): Promise<Task>;
  /** Says what became of an application whose outcome is unknown, or has it sent once more. */
  resolveTask(taskId: string, body: ResolveBody, signal?: AbortSignal): Promise<Resolution>;
  /** Starts one once more of which nothing can have arrived; gives the new one. */
  retryTask(taskId: string, signal?: AbortSignal): Promise<Task>;
  /** Looks at the live browser, or acts in it; `control` names the window that asks again. */
  takeOverTask(
    taskId: string,
    body: { readonly mode: LiveMode; readonly control?: string },
    signal?: AbortSignal,
  ): Promise<LiveTicket>;
  /** Enters text where the cursor stands in the live browser, for the window in control. */
  typeText(
    taskId: string,
    body: { readonly control: string; readonly text: string },
    signal?: AbortSignal,
  ): Promise<Answer<typeof typeTextRoute>>;
  /** Hands the live browser back. */
  releaseTask(taskId: string, signal?: AbortSignal): Promise<Task>;
  uploadResume(file: ResumeFile, signal?: AbortSignal): Promise<Resume>;
  listResumes(signal?: AbortSignal): Promise<Resume[]>;
  /** With what it says and what of that the profile lacks. */
  getResume(resumeId: string, signal?: AbortSignal): Promise<ResumeDetail>;
  /** Takes what a résumé says into the profile; without `changes` all that replaces nothing. */
  acceptResume(
    resumeId: string,
    body?: Partial<AcceptChanges>,
    signal?: AbortSignal,
  ): Promise<AcceptedChanges>;
  /** Where its file can be fetched without a key, for five minutes. */
  linkResume(resumeId: string, signal?: AbortSignal): Promise<FileLink>;
  /** Has a résumé parsed again. */
  reparseResume(resumeId: string, signal?: AbortSignal): Promise<Resume>;
  /** Where values of the profile come from that were accepted from a résumé. */
  getProfileSources(signal?: AbortSignal): Promise<ProfileSources>;
  /** Whether a job is open and what its form would ask, without a browser; starts and stores nothing. */
  previewTask(jobUrl: string, signal?: AbortSignal): Promise<TaskPreview>;
  createUser(
    user: { readonly name: string; readonly role?: "user" | "admin" },
    signal?: AbortSignal,
  ): Promise<Answer<typeof createUserRoute>>;
  /** Browsers of all hosts; for admins. */
  listSessions(signal?: AbortSignal): Promise<SessionOverview>;
  /** The run of an application as a graph, and every try of every step in order of start. */
  getRun(taskId: string, signal?: AbortSignal): Promise<TaskRun>;
  listRuns(filter?: RunsFilter, signal?: AbortSignal): Promise<RunPage>;
  /** Each by the rules of `cancelTask`. */
  cancelRuns(selection: RunSelection, signal?: AbortSignal): Promise<RunActions>;
  /** Each by the rules of `retryTask`. */
  replayRuns(selection: RunSelection, signal?: AbortSignal): Promise<RunActions>;
  /** Starts again what was lost; what goes on is left alone. */
  requeueRuns(selection: RunSelection, signal?: AbortSignal): Promise<RunActions>;
  /** For admins: workers with their slots, and session hosts. */
  listWorkers(signal?: AbortSignal): Promise<WorkerOverview>;
  /** For admins: how much work waits. */
  getQueue(signal?: AbortSignal): Promise<QueueOverview>;
  /** The receipt as text, in the wanted form. */
  getReceipt(taskId: string, form?: "json" | "html", signal?: AbortSignal): Promise<string>;
}

export function createValetClient(input: ValetClientInput): ValetClient {
  const transport: Transport = {
    url: input.url.replace(/\/+$/, ""),
    apiKey: input.apiKey,
    fetch: input.fetch ?? fetch,
  };
  const idOf = (id: string) => ({ params: { id } });
  return {
    ...identityCalls(transport),
    ...answerBankCalls(transport),
    ...limitCalls(transport),
    ...scheduleCalls(transport),
    ...batchCalls(transport),
    ...profileCalls(transport),
    ...createWebhookClient(transport),
    ...createAccountClient(transport),
    createTask: (body, { idempotencyKey } = {}, signal) => {
      const headers = { "idempotency-key": idempotencyKey };
      return callRoute(transport, createTaskRoute, { body, headers }, signal);
    },
    listTasks: (filter = {}, signal) =>
      callRoute(transport, listTasksRoute, { query: queryOf(filter) }, signal),
    getTask: (taskId, signal) => callRoute(transport, getTaskRoute, idOf(taskId), signal),
    listEvents: (taskId, page = {}, signal) =>
      callRoute(transport, listEventsRoute, { ...idOf(taskId), query: { ...page } }, signal),
    followTask: (taskId, options = {}) => followTask(transport, { ...options, taskId }),
    followAll: (options = {}) => followAll(transport, options),
    listPersonEvents: (page = {}, signal) =>
      callRoute(transport, listPersonEventsRoute, { query: { ...page } }, signal),
    openEventSocket: (options = {}) =>
      openEventSocket({
        ...options,
        url: `${transport.url.replace(/^http/, "ws")}/ws`,
        apiKey: transport.apiKey,
        fetchTicket: (signal) => callRoute(transport, createStreamTicketRoute, {}, signal),
        checkKey: (signal) => callRoute(transport, getMeRoute, {}, signal),
      }),
    createStreamTicket: (signal) => callRoute(transport, createStreamTicketRoute, {}, signal),
    approveTask: (taskId, body, signal) =>
      callRoute(transport, approveTaskRoute, { ...idOf(taskId), body }, signal),
    captchaSolved: (taskId, signal) =>
      callRoute(transport, captchaSolvedRoute, idOf(taskId), signal),
    humanStepDone: (taskId, stepId, body = {}, signal) =>
      callRoute(transport, humanStepDoneRoute, { params: { id: taskId, stepId }, body }, signal),
    answerQuestions: (taskId, body, signal) =>
      callRoute(transport, answerQuestionsRoute, { ...idOf(taskId), body }, signal),
    cancelTask: (taskId, signal) => callRoute(transport, cancelTaskRoute, idOf(taskId), signal),
    resolveTask: (taskId, body, signal) =>
      callRoute(transport, resolveTaskRoute, { ...idOf(taskId), body }, signal),
    retryTask: (taskId, signal) => callRoute(transport, retryTaskRoute, idOf(taskId), signal),
    takeOverTask: (taskId, body, signal) =>
      callRoute(transport, takeOverTaskRoute, { ...idOf(taskId), body }, signal),
    typeText: (taskId, body, signal) =>
      callRoute(transport, typeTextRoute, { ...idOf(taskId), body }, signal),
    releaseTask: (taskId, signal) => callRoute(transport, releaseTaskRoute, idOf(taskId), signal),
    uploadResume: ({ fileName, body }, signal) => {
      const form = new FormData();
      form.set("file", body instanceof Blob ? body : new Blob([body]), fileName);
      return callRoute(transport, uploadResumeRoute, { body: form }, signal);
    },
    listResumes: async (signal) =>
      (await callRoute(transport, listResumesRoute, {}, signal)).resumes,
    getResume: (resumeId, signal) => callRoute(transport, getResumeRoute, idOf(resumeId), signal),
    acceptResume: (resumeId, body = {}, signal) =>
      callRoute(transport, acceptResumeRoute, { ...idOf(resumeId), body }, signal),
    linkResume: (resumeId, signal) => callRoute(transport, linkResumeRoute, idOf(resumeId), signal),
    reparseResume: (resumeId, signal) =>
      callRoute(transport, reparseResumeRoute, idOf(resumeId), signal),
    getProfileSources: (signal) => callRoute(transport, getProfileSourcesRoute, {}, signal),
    previewTask: (jobUrl, signal) =>
      callRoute(transport, previewTaskRoute, { body: { jobUrl } }, signal),
    createUser: (user, signal) => callRoute(transport, createUserRoute, { body: user }, signal),
    listSessions: (signal) => callRoute(transport, listSessionsRoute, {}, signal),
    getRun: (taskId, signal) => callRoute(transport, getRunRoute, idOf(taskId), signal),
    listWorkers: (signal) => callRoute(transport, listWorkersRoute, {}, signal),
    getQueue: (signal) => callRoute(transport, getQueueRoute, {}, signal),
    listRuns: (filter = {}, signal) =>
      callRoute(transport, listRunsRoute, { query: queryOf(filter) }, signal),
    cancelRuns: (selection, signal) =>
      callRoute(transport, cancelRunsRoute, { body: selection }, signal),
    replayRuns: (selection, signal) =>
      callRoute(transport, replayRunsRoute, { body: selection }, signal),
    requeueRuns: (selection, signal) =>
      callRoute(transport, requeueRunsRoute, { body: selection }, signal),
    async getReceipt(taskId, form = "json", signal) {
      const headers = { accept: form === "html" ? "text/html" : "application/json" };
      const response = await request(
        transport,
        getReceiptRoute,
        { ...idOf(taskId), headers },
        signal,
      );
      return response.text();
    },
  };
}

/** Whoever calls may give more than the filter; the route refuses what it does not know. */
function queryOf(filter: TaskFilter) {
  const { state, outcome, mode, platform, batch, text, since, until } = filter;
  const { waiting, limit, cursor } = filter;
  return {
    state,
    outcome,
    mode,
    platform,
    batch,
    text,
    since,
    until,
    waiting: waiting?.toString(),
    limit,
    cursor,
  };
}
