import { type LiveProtocol, Problem, ValetError } from "@valet/contracts";
import type { Secret } from "@valet/runtime";
import { WebSocket } from "ws";
import type { z } from "zod";
import {
  type AttachSessionInput,
  type CommandGateInput,
  ControlGrant,
  type CreateSessionInput,
  CreatedSession,
  type DetachSessionInput,
  GateAnswer,
  type OpenDisplayQuery,
  PressGrant,
  type ReadPressInput,
  type ReleaseControlInput,
  SessionGrant,
  SessionList,
  SessionView,
  type TakeControlInput,
  type TypeTextInput,
} from "./session-host-protocol.ts";

/**
 * The session host as workers see it. Every method throws ValetError `SESSION_HOST_UNAVAILABLE` when
 * the host does not answer, and what the host says otherwise: `SESSION_LOST` for a session that has
 * no browser, `SESSION_CAPACITY` when there is no room, `UNAUTHORIZED` for a wrong token.
 */
export interface SessionHostClient {
  /** The task's live session, or a new one that has begun to load `url`. */
  createSession(input: CreateSessionInput, signal: AbortSignal): Promise<CreatedSession>;
  /** Takes the session over: whoever drove it before is cut off. Throws `FENCED` for an old `fence`. */
  attachSession(
    sessionId: string,
    input: AttachSessionInput,
    signal: AbortSignal,
  ): Promise<SessionGrant>;
  /** Lets go of it; throws `FENCED` when somebody else has taken over. */
  detachSession(sessionId: string, input: DetachSessionInput, signal: AbortSignal): Promise<void>;
  /** Throws `FENCED` when somebody else has taken over: then the gate has not heard it. */
  commandGate(sessionId: string, input: CommandGateInput, signal: AbortSignal): Promise<GateAnswer>;
  /** A person takes over. Throws `CONTROL_TAKEN` while another window has control, `DISPLAY_MISSING`. */
  takeControl(
    sessionId: string,
    input: TakeControlInput,
    signal: AbortSignal,
  ): Promise<ControlGrant>;
  /** Hands back, so that workers get in again. */
  releaseControl(sessionId: string, input: ReleaseControlInput, signal: AbortSignal): Promise<void>;
  /** What the person in control pressed last. Throws `NO_OPEN_STEP` where nobody is, or pressed nothing. */
  readPress(sessionId: string, input: ReadPressInput, signal: AbortSignal): Promise<PressGrant>;
  /** Enters text for the window that has control; throws `CONTROL_TAKEN` for any other. */
  typeText(sessionId: string, input: TypeTextInput, signal: AbortSignal): Promise<void>;
  /** A connection to the session's display; `unexpected-response` tells a refusal. */
  openDisplay(
    sessionId: string,
    input: OpenDisplayQuery,
    protocols: readonly LiveProtocol[],
  ): WebSocket;
  getSession(sessionId: string, signal: AbortSignal): Promise<SessionView>;
  listSessions(signal: AbortSignal): Promise<SessionList>;
  /** Also when it is closed, lost or unknown already. */
  closeSession(sessionId: string, signal: AbortSignal): Promise<void>;
  /** Closes it while a person is waited for. */
  hibernateSession(sessionId: string, signal: AbortSignal): Promise<void>;
  /** Wherever it is; on another host within seconds. */
  closeTaskSession(taskId: string, signal: AbortSignal): Promise<void>;
}

export interface SessionHostClientInput {
  /** This machine's host, or the `hostUrl` of a session that lives on another. */
  readonly url: string;
  readonly token: Secret;
}

export function createSessionHostClient(input: SessionHostClientInput): SessionHostClient {
  async function send(request: HostRequest, signal: AbortSignal): Promise<unknown> {
    const response = await reach(input, request, signal);
    if (response.status === 204) return undefined;
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return body;
    const problem = Problem.safeParse(body);
    if (!problem.success) throw unavailable(response.status);
    throw new ValetError(problem.data.code, problem.data.message, problem.data.details);
  }
  async function ask<Output>(
    schema: z.ZodType<Output>,
    request: HostRequest,
    signal: AbortSignal,
  ): Promise<Output> {
    return schema.parse(await send(request, signal));
  }

  return {
    createSession: (body, signal) =>
      ask(CreatedSession, { method: "POST", path: "/sessions", body }, signal),
    attachSession: (sessionId, body, signal) =>
      ask(SessionGrant, { method: "POST", path: `${pathOf(sessionId)}/attach`, body }, signal),
    async detachSession(sessionId, body, signal) {
      await send({ method: "POST", path: `${pathOf(sessionId)}/detach`, body }, signal);
    },
    commandGate: (sessionId, body, signal) =>
      ask(GateAnswer, { method: "POST", path: `${pathOf(sessionId)}/gate`, body }, signal),
    takeControl: (sessionId, body, signal) =>
      ask(ControlGrant, { method: "POST", path: `${pathOf(sessionId)}/control`, body }, signal),
    async releaseControl(sessionId, body, signal) {
      await send({ method: "POST", path: `${pathOf(sessionId)}/release`, body }, signal);
    },
    readPress: (sessionId, body, signal) =>
      ask(PressGrant, { method: "POST", path: `${pathOf(sessionId)}/read-press`, body }, signal),
    async typeText(sessionId, body, signal) {
      await send({ method: "POST", path: `${pathOf(sessionId)}/text`, body }, signal);
    },
    openDisplay(sessionId, { taskId, userId, control }, protocols) {
      const url = new URL(`${pathOf(sessionId)}/display`, input.url);
      url.protocol = url.protocol.replace("http", "ws");
      const query = { taskId, userId, ...(control === undefined ? {} : { control }) };
      url.search = String(new URLSearchParams(query));
      const headers = { authorization: `Bearer ${input.token.reveal()}` };
      return new WebSocket(url, [...protocols], { headers, perMessageDeflate: false });
    },
    getSession: (sessionId, signal) =>
      ask(SessionView, { method: "GET", path: pathOf(sessionId) }, signal),
    listSessions: (signal) => ask(SessionList, { method: "GET", path: "/sessions" }, signal),
    async closeSession(sessionId, signal) {
      await send({ method: "DELETE", path: pathOf(sessionId) }, signal);
    },
    async hibernateSession(sessionId, signal) {
      await send({ method: "DELETE", path: `${pathOf(sessionId)}?as=hibernated` }, signal);
    },
    async closeTaskSession(taskId, signal) {
      const query = new URLSearchParams({ taskId });
      await send({ method: "DELETE", path: `/sessions?${query}` }, signal);
    },
  };
}

interface HostRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

async function reach(
  { url, token }: SessionHostClientInput,
  { method, path, body }: HostRequest,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(new URL(path, url), {
      method,
      signal,
      headers: {
        authorization: `Bearer ${token.reveal()}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw unavailable(undefined, cause);
  }
}

function pathOf(sessionId: string): string {
  return `/sessions/${encodeURIComponent(sessionId)}`;
}

function unavailable(status?: number, cause?: unknown): ValetError {
  return new ValetError(
    "SESSION_HOST_UNAVAILABLE",
    "The session host does not answer, so no browser can be reached. Start it (valet up) or check VALET_SESSION_HOST_URL; Valet tries again.",
    status === undefined ? {} : { status },
    { cause },
  );
}
