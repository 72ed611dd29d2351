import { ValetError, isValetError } from "@valet/contracts";

/** Messages of the DevTools protocol in flat mode: `sessionId` says which target is meant. */
export type CdpParams = Readonly<Record<string, unknown>>;

export interface CdpCommand {
  readonly id: number;
  readonly method: string;
  readonly params?: CdpParams | undefined;
  readonly sessionId?: string | undefined;
}

export interface CdpEvent {
  readonly method: string;
  readonly params: CdpParams;
  readonly sessionId?: string | undefined;
}

export interface CdpReply {
  readonly id: number;
  readonly result?: CdpParams | undefined;
  readonly error?: CdpFault | undefined;
  readonly sessionId?: string | undefined;
}

export interface CdpFault {
  readonly code: number;
  readonly message: string;
}

export type CdpMessage = CdpEvent | CdpReply;

export function isReply(message: CdpMessage): message is CdpReply {
  return "id" in message;
}

/** What Chromium itself answers to a command for a session that does not exist. */
export const unknownSession: CdpFault = {
  code: -32_001,
  message: "Session with given id not found.",
};

/** Reads a command that a client sent; `undefined` when it is none. */
export function parseCommand(text: string): CdpCommand | undefined {
  const message = parseJson(text);
  if (typeof message !== "object" || message === null) return undefined;
  if (!("id" in message) || typeof message.id !== "number") return undefined;
  if (!("method" in message) || typeof message.method !== "string") return undefined;
  const sessionId = "sessionId" in message ? message.sessionId : undefined;
  if (sessionId !== undefined && typeof sessionId !== "string") return undefined;
  const params = "params" in message ? message.params : undefined;
  if (params !== undefined && !isParams(params)) return undefined;
  return { id: message.id, method: message.method, params, sessionId };
}

function isParams(value: unknown): value is CdpParams {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const browserGone: CdpFault = { code: -32_000, message: "The browser is gone." };

/** A refused command as an error: a browser that is gone is a lost session, anything else is ours. */
export function cdpFailure(method: string, fault: CdpFault): ValetError {
  if (fault === browserGone) {
    return new ValetError("SESSION_LOST", "The browser of this session is gone.", { method });
  }
  return new ValetError(
    "INTERNAL",
    `Chromium refused a command: ${method}.`,
    { method, cdpCode: fault.code },
    { cause: new Error(fault.message) },
  );
}

/** Targets come and go: a command for one that went meanwhile has nothing left to do. */
export function isTargetGone(error: unknown): boolean {
  if (isValetError(error, "SESSION_LOST")) return true;
  if (!isValetError(error, "INTERNAL")) return false;
  const { cdpCode } = error.details ?? {};
  return cdpCode === unknownSession.code || cdpCode === closedTargetCode;
}

/** "Inspected target navigated or closed", "Target closed" and the like. */
const closedTargetCode = -32_000;
