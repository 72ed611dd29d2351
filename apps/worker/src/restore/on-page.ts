import { setTimeout as delay } from "node:timers/promises";
import { isValetError } from "@valet/contracts";
import type { StepTry } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import type { LiveSession } from "../live-sessions.ts";
import { type Passed, superseded } from "../steps/step-result.ts";
import { isStillOurs } from "./is-still-ours.ts";
import { restoreSession } from "./restore-session.ts";
import { untilGone } from "./until-gone.ts";

/** A browser that is lost this often in one step is no accident. */
const maxTries = 3;
/**
 * A session host that is being started again answers after a few seconds. One that is gone is called lost by
 * the others after 30 s without a sign of life; then the page is built again on one of them.
 */
const hostLimitMs = 45_000;
const askHostEveryMs = 500;

export interface PageUse {
  readonly live: LiveSession;
  /** The page was built again just now and is not the form it was. */
  readonly isChanged: boolean;
  /** Also aborted when the page goes: work on a page that is gone must not linger. */
  readonly signal: AbortSignal;
}

interface Run<T> {
  readonly taskId: string;
  readonly runId: string;
  readonly turn: StepTry;
  /** What follows when a person has taken the browser over. */
  readonly onTakenOver: () => Promise<T | Passed>;
  /** Called before a browser is built again, which takes longer than attaching to one. */
  readonly beforeRestore?: () => Promise<void>;
}

/**
 * The one door to an application's page before dispatch. Wherever the step runs, `work` gets the page
 * with what was filled so far: from memory, attached, or, when the browser is gone, built again. A
 * page that dies in the middle is built again and `work` starts over, so it must be safe to repeat.
 * A try that another try has cut off is superseded; one that a person has cut off waits for them.
 */
export async function onPage<T>(
  deps: WorkerDeps,
  run: Run<T>,
  work: (use: PageUse) => Promise<T>,
  signal: AbortSignal,
): Promise<T | Passed> {
  for (let tries = 1; ; tries += 1) {
    let live: LiveSession | undefined;
    try {
      const found = await findPage(deps, run, signal);
      if (found.kind === "passed") return found.passed;
      ({ live } = found);
      const { isChanged } = found;
      return await work({ live, isChanged, signal: AbortSignal.any([signal, live.gone]) });
    } catch (error) {
      signal.throwIfAborted();
      if (isValetError(error, "CONTROL_TAKEN")) return run.onTakenOver();
      const why = await whyGone({ live, error }, signal);
      if (why === "fenced" && !(await isStillOurs(deps, run))) return superseded;
      if (why === undefined || tries === maxTries) throw error;
      await deps.sessions.forget(run.runId);
    }
  }
}

/** Undefined when the page had nothing to do with it. */
async function whyGone(
  { live, error }: { readonly live: LiveSession | undefined; readonly error: unknown },
  signal: AbortSignal,
): Promise<"fenced" | "lost" | "cut" | undefined> {
  if (isValetError(error, "FENCED")) return "fenced";
  if (live !== undefined) {
    await untilGone(live);
    if (live.gone.aborted) return live.whyGone(signal);
  }
  return isValetError(error, "SESSION_LOST") ? "lost" : undefined;
}

type FoundPage =
  | { readonly kind: "page"; readonly live: LiveSession; readonly isChanged: boolean }
  | { readonly kind: "passed"; readonly passed: Passed };

/** A session host that is away is waited for, whatever was asked of it. */
async function findPage<T>(deps: WorkerDeps, run: Run<T>, signal: AbortSignal): Promise<FoundPage> {
  const giveUpAt = Date.now() + hostLimitMs;
  for (;;) {
    try {
      return await attachOrRestore(deps, run, signal);
    } catch (error) {
      if (!isValetError(error, "SESSION_HOST_UNAVAILABLE") || Date.now() > giveUpAt) throw error;
    }
    await delay(askHostEveryMs, undefined, { signal });
  }
}

async function attachOrRestore<T>(
  deps: WorkerDeps,
  run: Run<T>,
  signal: AbortSignal,
): Promise<FoundPage> {
  try {
    return { kind: "page", live: await deps.sessions.attach(run, signal), isChanged: false };
  } catch (error) {
    if (!isValetError(error, "SESSION_LOST")) throw error;
  }
  await run.beforeRestore?.();
  const restored = await restoreSession(deps, run, signal);
  if (restored.kind === "passed") return restored;
  const { isChanged } = restored;
  return { kind: "page", live: await deps.sessions.attach(run, signal), isChanged };
}
