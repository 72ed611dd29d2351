import { setTimeout as delay } from "node:timers/promises";
import { type Db, type Notice, relayNotice } from "@valet/db";
import type { Logger } from "@valet/runtime";
import type { Notifier } from "./create-mailer.ts";

export interface NoticeRelay {
  /** Stops after the notice that is being told. */
  close(): Promise<void>;
}

export interface NoticeRelayDeps {
  readonly db: Db;
  /** None: nobody is told, and nothing piles up. */
  readonly notifiers: readonly Notifier[];
  readonly log: Logger;
}

/** A person is told within about this time. */
const idleMs = 1_000;

/** Tells people what waits for them and how it ended, from every API process at once. */
export function startNoticeRelay({ db, notifiers, log }: NoticeRelayDeps): NoticeRelay {
  const stop = new AbortController();

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const result = await relayNotice(db, async (notice) => {
        for (const notifier of notifiers) {
          await notifier.tell(notice).catch((error: unknown) => {
            // The server's words may repeat the address.
            const name = error instanceof Error && "code" in error ? String(error.code) : "unknown";
            log.warn(
              { ...idOf(notice), by: notifier.name, code: name },
              "a person was not told yet",
            );
            throw error;
          });
        }
      }).catch((error: unknown) => {
        log.warn({ err: error }, "notices could not be read");
        return "idle" as const;
      });
      if (result === "idle") {
        await delay(idleMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  }

  const running = run();
  return {
    async close() {
      stop.abort();
      await running;
      for (const notifier of notifiers) notifier.close();
    },
  };
}

function idOf(notice: Notice): { taskId: string } | { webhookId: string } {
  return notice.about === "webhook" ? { webhookId: notice.webhook.id } : { taskId: notice.task.id };
}
