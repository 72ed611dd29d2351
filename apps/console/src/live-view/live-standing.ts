import { type LiveEnding, type LiveMode, isValetError, liveEndings } from "@valet/contracts";

/**
 * What a window has of a live browser. `closed`: there is none now, which may change as the application goes on ·
 * `stopped`: nothing is tried again until the person says so.
 */
export type LivePhase = "connecting" | "view" | "control" | "closed" | "stopped";

/** Why it is not as it was, in a word that the strings know. */
export type LiveNotice = LiveEnding | "broken";

export interface LiveStanding {
  readonly phase: LivePhase;
  /** Since when a window has control, by ISO 8601; this one, where it is in control itself. */
  readonly heldSince: string | null;
  /** Whether what is copied elsewhere can be put on its clipboard. */
  readonly hasClipboard: boolean;
  /** The picture is there. */
  readonly isShown: boolean;
  readonly notice: LiveNotice | undefined;
  /** What the server refused. */
  readonly error: unknown;
}

export const firstStanding: LiveStanding = {
  phase: "connecting",
  heldSince: null,
  hasClipboard: false,
  isShown: false,
  notice: undefined,
  error: undefined,
};

export interface NextMove {
  /** How to connect again; `closed`: by looking now and then; `stopped`: not by itself. */
  readonly next: LiveMode | "closed" | "stopped";
  /** At once, for what ended on purpose; else after a pause that grows. */
  readonly isAtOnce: boolean;
  readonly keepsControl: boolean;
  readonly notice: LiveNotice | undefined;
}

const byCode = new Map<number, LiveEnding>(
  Object.entries(liveEndings).map(([name, code]) => [code, name as LiveEnding]), // keys of that literal
);

/** What follows the end of a connection, by its close code. */
export function afterClose(code: number, mode: LiveMode): NextMove {
  const notice = byCode.get(code);
  switch (notice) {
    case "session_over":
      return { next: "closed", isAtOnce: false, keepsControl: false, notice: undefined };
    case "idle":
    case "time_limit":
    case "handed_back":
    case "sent":
      return { next: "view", isAtOnce: true, keepsControl: false, notice };
    case "not_understood":
    case "not_allowed":
      return { next: "stopped", isAtOnce: false, keepsControl: false, notice };
    case "not_reading":
    case undefined:
      return { next: mode, isAtOnce: false, keepsControl: true, notice: notice ?? "broken" };
  }
}

/** What follows when the server does not let this window in. */
export function afterRefusal(error: unknown, mode: LiveMode): NextMove {
  const move = { isAtOnce: false, keepsControl: false, notice: undefined } as const;
  if (isValetError(error, "SESSION_LOST")) return { ...move, next: "closed" };
  const isRefused =
    isValetError(error) && (error.kind === "user" || error.code === "CONTROL_TAKEN");
  // Looking on is still possible, and there it is said why.
  if (isRefused && mode === "control") return { ...move, next: "view", isAtOnce: true };
  if (isRefused) return { ...move, next: "stopped" };
  return { next: mode, isAtOnce: false, keepsControl: true, notice: "broken" };
}

const firstPauseMs = 300;
const longestPauseMs = 5_000;

export function pauseMs(failures: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10));
}
