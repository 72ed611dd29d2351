import type { Page } from "playwright";
import { runInFrame } from "../page-script/page-script.ts";
import { type HeldValue, readValues, type ValueTarget } from "../page-script/read-values.ts";
import { findFrame } from "../read/readable-frames.ts";

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
        : await runInFrame(frame, { script: readValues, arg: own.map(bareTarget) }, signal);
    for (const value of values) held.set(value.id, value);
  }
  return held;
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
