import { setTimeout as delay } from "node:timers/promises";
import { type IntentRow, getIntent } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";

/** A page that shows its answer has had it; only the row may be a moment late. */
const answerMs = 2_000;
const lookEveryMs = 50;

/** What the session host saw of the answer to the released request; it records that a moment after. */
export async function findAnswer(
  { db }: WorkerDeps,
  { id }: IntentRow,
  signal: AbortSignal,
): Promise<IntentRow["response"]> {
  const deadline = performance.now() + answerMs;
  for (;;) {
    const { response } = await getIntent(db, id);
    if (response !== null || performance.now() >= deadline) return response;
    await delay(lookEveryMs, undefined, { signal });
  }
}
