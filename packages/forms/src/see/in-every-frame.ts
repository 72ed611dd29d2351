import { setTimeout as delay } from "node:timers/promises";
import { ValetError } from "@valet/contracts";
import type { Frame, Page } from "playwright";
import { type PageScript, runInFrame } from "../page-script/page-script.ts";
import { revealClosedRoots } from "../read/reveal-closed-roots.ts";

const frameLimitMs = 5_000;

export interface FrameResult<Result> {
  readonly frame: Frame;
  readonly result: Result;
}

/**
 * Runs a script in every frame of the page, also in those that no form is read from; frames that go meanwhile
 * are left out.
 *
 * @throws ValetError `TIMEOUT` where a frame does not answer.
 */
export async function inEveryFrame<Arg, Result>(
  page: Page,
  run: { readonly script: PageScript<Arg, Result>; readonly arg: Arg },
  signal: AbortSignal,
): Promise<FrameResult<Result>[]> {
  signal.throwIfAborted();
  await revealClosedRoots(page);
  const inner = page.frames().filter((frame) => frame !== page.mainFrame());
  // Only one of a process of its own can be asked by itself; the others were, with the page.
  await Promise.all(inner.map((frame) => revealClosedRoots(frame).catch(() => undefined)));
  const patience = new AbortController();
  const limit = delay(frameLimitMs, "late" as const, { signal: patience.signal });
  limit.catch(() => undefined);
  try {
    const read = async (frame: Frame): Promise<FrameResult<Result>[]> => {
      try {
        const result = await Promise.race([runInFrame(frame, run, signal), limit]);
        if (result === "late") throw silent();
        return [{ frame, result }];
      } catch (thrown) {
        if (frame.isDetached()) return [];
        throw thrown;
      }
    };
    return (await Promise.all(page.frames().map((frame) => read(frame)))).flat();
  } finally {
    patience.abort();
  }
}

function silent(): ValetError {
  return new ValetError(
    "TIMEOUT",
    "A frame of the page does not say what it shows, so what a model would see of it is not known, and nothing was sent. Valet goes on without a model.",
    { limitMs: frameLimitMs },
  );
}
