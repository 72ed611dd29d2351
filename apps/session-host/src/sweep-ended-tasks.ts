import type { Logger } from "@valet/runtime";
import type { SessionRegistry } from "./create-session-registry.ts";

export interface SweepDeps {
  readonly registry: Pick<SessionRegistry, "liveTaskIds" | "closeTask">;
  /** Of these tasks, those that have ended and need no browser any more. */
  readonly endedTasks: (taskIds: string[]) => Promise<string[]>;
  readonly intervalMs: number;
  readonly log: Logger;
}

/** Closes sessions whose task has ended, whoever forgot to: asks every `intervalMs`. */
export function sweepEndedTasks(deps: SweepDeps): { close(): Promise<void> } {
  const { registry, endedTasks, intervalMs, log } = deps;

  async function sweep(): Promise<void> {
    const taskIds = registry.liveTaskIds();
    if (taskIds.length === 0) return;
    try {
      const ended = await endedTasks(taskIds);
      await Promise.all(ended.map((taskId) => registry.closeTask(taskId)));
      if (ended.length > 0) log.info({ count: ended.length }, "closed sessions of ended tasks");
    } catch (error) {
      log.warn({ err: error }, "could not look for ended tasks; the next sweep tries again");
    }
  }

  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= sweep().finally(() => {
      running = undefined;
    });
  }, intervalMs);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
