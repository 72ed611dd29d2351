import { isValetError } from "@valet/contracts";
import type { IntentRow, StepTry } from "@valet/db";
import type { LiveSession, LiveSessions } from "../live-sessions.ts";

interface JudgedRun {
  readonly runId: string;
  readonly taskId: string;
  readonly turn: StepTry;
  readonly sentFrom: IntentRow["sessionId"];
}

export interface Judging {
  readonly live: Pick<LiveSession, "page">;
  /** Whether this is the browser that sent it: only there a form that still stands proves anything. */
  readonly isSender: boolean;
}

/**
 * The page of an application whose outcome is about to be judged, with its gate closed. What the database
 * has allowed may still be on its way through the gate: if it left after the form had been called rejected,
 * the next attempt would be a second application. The worker that clicked has told the gate to close, but
 * goes on where that was not heard.
 */
export async function attachToJudge(
  { sessions }: { readonly sessions: Pick<LiveSessions, "attach" | "forget"> },
  { runId, taskId, turn, sentFrom }: JudgedRun,
  signal: AbortSignal,
): Promise<Judging> {
  const run = { runId, taskId, turn };
  const held = await sessions.attach(run, signal);
  if (isSentFrom(held, sentFrom) && (await isClosed(held, signal))) {
    return { live: held, isSender: true };
  }
  // A handle from before: the task has another browser now, or this one another holder.
  await sessions.forget(runId);
  const live = await sessions.attach(run, signal);
  await live.gate.disarm(signal);
  return { live, isSender: isSentFrom(live, sentFrom) };
}

function isSentFrom({ session }: LiveSession, sentFrom: JudgedRun["sentFrom"]): boolean {
  return sentFrom === null || session.id === sentFrom;
}

/** False when somebody else holds the session by now. */
async function isClosed({ gate }: LiveSession, signal: AbortSignal): Promise<boolean> {
  try {
    await gate.disarm(signal);
    return true;
  } catch (error) {
    if (isValetError(error, "FENCED")) return false;
    throw error;
  }
}
