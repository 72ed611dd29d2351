import type { Frame, Page } from "playwright";
import { runInFrame } from "../page-script/page-script.ts";
import { isNavigating, pollUntil } from "../page-script/poll-until.ts";
import { type HeldValue, readValues, type ValueTarget } from "../page-script/read-values.ts";
import { findFrame } from "../read/readable-frames.ts";

const navigationTimeoutMs = 15_000;

export type FramedTarget = ValueTarget & { readonly frame: string };

/** What the page holds for these fields, one script run per frame. */
export async function readHeldValues(
  page: Page,
  targets: readonly FramedTarget[],
  signal: AbortSignal,
): Promise<Map<string, HeldValue>> {
  const held = new Map<string, HeldValue>();
  const byFrame = Map.groupBy(targets, ({ frame }) => frame);
  for (const [frameUrl, own] of byFrame) {
    const frame = findFrame(page, frameUrl);
    const values =
      frame === undefined
        ? own.map(({ id }) => ({ id, found: false, value: null, file: null, dayOrder: null }))
        : await valuesIn(frame, own, signal);
    for (const value of values) held.set(value.id, value);
  }
  return held;
}

/** A page that is just being replaced, as after an upload that sends it, is read once the new one is there. */
async function valuesIn(
  frame: Frame,
  targets: readonly FramedTarget[],
  signal: AbortSignal,
): Promise<HeldValue[]> {
  const arg = targets.map(bareTarget);
  const read = (): Promise<HeldValue[]> => runInFrame(frame, { script: readValues, arg }, signal);
  const readUnlessReplaced = async (): Promise<HeldValue[] | undefined> => {
    try {
      return await read();
    } catch (thrown) {
      if (isNavigating(thrown)) return undefined;
      throw thrown;
    }
  };
  const values = await pollUntil(readUnlessReplaced, { timeoutMs: navigationTimeoutMs, signal });
  return values ?? read();
}

/** A field carries more than the page needs to hear, such as hundreds of options. */
function bareTarget({ id, kind, selector, fileName, expectedLabel }: ValueTarget): ValueTarget {
  return {
    id,
    kind,
    selector,
    ...(fileName === undefined ? {} : { fileName }),
    ...(expectedLabel === undefined ? {} : { expectedLabel }),
  };
}
