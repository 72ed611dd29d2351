import { type BrowserAttachment, attachToBrowser } from "@valet/browser";
import type { BenchHost } from "./start-bench-host.ts";

export interface ZombieCounts {
  /** Takeovers after which the old holder sent a command. */
  readonly tries: number;
  /** Its commands that reached the page. */
  readonly accepted: number;
  /** The same number of commands sent by a second client that nobody cut: what a missing fence does. */
  readonly acceptedUncut: number;
}

const countUp = "window.valetBench = (window.valetBench ?? 0) + 1";
const readCount = "window.valetBench ?? 0";

/**
 * Each try: a new holder takes the session over, and the old one, whose connection it never closed,
 * then sends a command at once. The page itself counts what reached it.
 */
export async function measureZombies(
  { host, newTask }: BenchHost,
  tries: number,
  signal: AbortSignal,
): Promise<ZombieCounts> {
  const { taskId, userId, url } = await newTask();
  const { sessionId } = await host.createSession({ taskId, userId, url }, signal);
  const takeOver = (owner: string) =>
    host.attachSession(sessionId, { owner, taskId, userId }, signal);
  let grant = await takeOver("bench-first");
  let holder: BrowserAttachment = await attachToBrowser(grant.relayUrl, signal);
  try {
    for (let n = 0; n < tries; n += 1) {
      const zombie = holder;
      grant = await takeOver(`bench-${n}`);
      const refused = zombie.page.evaluate(countUp).catch(() => undefined);
      holder = await attachToBrowser(grant.relayUrl, signal);
      await refused;
      await zombie.close().catch(() => undefined);
    }
    const accepted = Number(await holder.page.evaluate(readCount));
    const uncut = await attachToBrowser(grant.relayUrl, signal);
    for (let n = 0; n < tries; n += 1) await uncut.page.evaluate(countUp);
    const acceptedUncut = Number(await holder.page.evaluate(readCount)) - accepted;
    await uncut.close();
    return { tries, accepted, acceptedUncut };
  } finally {
    await holder.close().catch(() => undefined);
    await host.closeSession(sessionId, signal);
  }
}
