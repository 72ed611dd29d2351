import type { Logger } from "@valet/runtime";
import type { BrowserPool } from "./create-browser-pool.ts";
import type { SessionRecords } from "./create-session-records.ts";
import type { SessionRegistry } from "./create-session-registry.ts";

export interface TendDeps {
  readonly registry: Pick<SessionRegistry, "live" | "sessionIds" | "closeSession">;
  readonly records: Pick<SessionRecords, "signOfLife">;
  readonly pool: Pick<BrowserPool, "tend">;
  /** What others may know of this host: counts and sizes. */
  readonly report: () => unknown;
  readonly intervalMs: number;
  readonly log: Logger;
}

/**
 * Every `intervalMs`: tends the pool, tells Postgres that this host lives, and closes the browsers
 * that nobody wants any more, whoever forgot to: their task has ended or their session was given up.
 */
export function tendSessions(deps: TendDeps): { close(): Promise<void> } {
  const { registry, records, pool, report, intervalMs, log } = deps;

  async function tend(): Promise<void> {
    const steps = [pool.tend(), closeUnwanted()];
    for (const { status, ...outcome } of await Promise.allSettled(steps)) {
      if (status === "fulfilled") continue;
      log.warn({ err: Object.values(outcome)[0] }, "could not tend sessions; trying again");
    }
  }

  async function closeUnwanted(): Promise<void> {
    const live = registry.live();
    const wanted = await records.signOfLife({
      report: report(),
      sessionIds: registry.sessionIds(),
      holders: live.flatMap((session) => session.holder() ?? []),
    });
    const unwanted = live.filter(({ sessionId }) => !wanted.has(sessionId));
    await Promise.all(unwanted.map(({ sessionId }) => registry.closeSession(sessionId, "closed")));
    if (unwanted.length > 0) log.info({ count: unwanted.length }, "closed unwanted sessions");
  }

  let running: Promise<void> | undefined;
  const turn = (): void => {
    running ??= tend().finally(() => {
      running = undefined;
    });
  };
  turn();
  const timer = setInterval(turn, intervalMs);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
