import { setTimeout as delay } from "node:timers/promises";
import { ValetError } from "@valet/contracts";
import type { SupervisedProcess } from "@valet/stack";
import { partName } from "./part-names.ts";

/** As many unexpected ends within a minute are not an accident any more. */
const maxEnds = 5;
const windowMs = 60_000;

export interface KeepRunningInput {
  readonly start: (signal: AbortSignal) => Promise<SupervisedProcess>;
  /** Told about every unexpected end. */
  readonly note: (text: string) => void;
  /** Between an end and the next start, in milliseconds; 500 unless given. */
  readonly pauseMs?: number;
}

export interface KeptProcess {
  readonly name: string;
  /** Of the process that runs now. */
  readonly pid: number;
  readonly info: Readonly<Record<string, unknown>>;
  /** Rejects when the process ends again and again, or cannot be started any more; never resolves. */
  readonly failure: Promise<never>;
  close(): Promise<void>;
}

/** A process that is started again when it ends by itself: every one of ours may die. */
export async function keepRunning(
  { start, note, pauseMs = 500 }: KeepRunningInput,
  signal: AbortSignal,
): Promise<KeptProcess> {
  const stopping = new AbortController();
  let current = await start(signal);
  const failure = Promise.withResolvers<never>();
  // Whoever does not watch the failure must not be ended by it.
  failure.promise.catch(() => undefined);
  const watching = watch().catch((error: unknown) => failure.reject(error));

  async function watch(): Promise<void> {
    let ends: number[] = [];
    for (;;) {
      const { code, signal: ending } = await current.ended;
      if (stopping.signal.aborted) return;
      const reason = ending ?? `exit code ${code}`;
      ends = [...ends.filter((at) => Date.now() - at < windowMs), Date.now()];
      if (ends.length >= maxEnds) throw endsAgain(current, reason);
      note(
        `${partName(current.name)} ended by itself (${reason}) and is started again. Log: ${current.logFile}`,
      );
      await current.close();
      await delay(pauseMs);
      if (stopping.signal.aborted) return;
      current = await start(stopping.signal);
      // The wish to stop may have come while it was starting.
      if (stopping.signal.aborted) return current.close();
    }
  }

  return {
    get name() {
      return current.name;
    },
    get pid() {
      return current.pid;
    },
    get info() {
      return current.info;
    },
    failure: failure.promise,
    async close() {
      stopping.abort(new Error("stopping"));
      await current.close();
      await watching;
      await current.close();
    },
  };
}

function endsAgain({ name, logFile }: SupervisedProcess, reason: string): ValetError {
  return new ValetError(
    "STACK_START_FAILED",
    `${partName(name)} ended ${maxEnds} times within a minute (${reason}), so Valet was stopped. Its log is ${logFile}.`,
    { name, logFile },
  );
}
