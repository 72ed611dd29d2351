import { type Erasure, listDueErasures, postponeErasure, tryExclusively } from "@valet/db";
import { toValetError } from "@valet/contracts";
import { createBell } from "../create-bell.ts";
import { type EraseDeps, erasePerson } from "./erase-person.ts";

export interface Erasures {
  /** Somebody wants to be erased. */
  kick(): void;
  /** Stops in the middle; the next start goes on. */
  close(): Promise<void>;
}

const idleMs = 1_000;
const atOnce = 4;
const afterFaultSeconds = 2;

/** Erases those who asked for it, from one API process at a time, and goes on where another has died. */
export function startErasures(deps: EraseDeps): Erasures {
  const { db } = deps.writer;
  const bell = createBell();
  const stop = new AbortController();

  async function goOn(erasure: Erasure): Promise<void> {
    const { userId } = erasure;
    try {
      const step = await erasePerson(deps, erasure, stop.signal);
      if (step.kind === "done") return;
      const { seconds, waitsFor } = step;
      await postponeErasure(db, { userId, seconds, reason: waitsFor });
    } catch (error) {
      if (stop.signal.aborted) return;
      const { code } = toValetError(error);
      deps.log.warn({ err: error }, "an erasure stands still; tried again");
      await postponeErasure(db, { userId, seconds: afterFaultSeconds, reason: code });
    }
  }

  /** Whether there was anything to do. */
  async function turn(): Promise<boolean> {
    const outcome = await tryExclusively(db, "erasures", async () => {
      const due = await listDueErasures(db, atOnce);
      await Promise.all(due.map(goOn));
      return due.length > 0;
    });
    return outcome.kind === "done" && outcome.result;
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const wasBusy = await turn().catch((error: unknown) => {
        deps.log.warn({ err: error }, "erasures could not be read");
        return false;
      });
      if (!wasBusy) await bell.wait(idleMs, stop.signal);
    }
  }

  const running = run();
  return {
    kick: () => bell.ring(),
    async close() {
      stop.abort();
      await running;
    },
  };
}
