import {
  type Db,
  type LogHead,
  findPersonHeads,
  findTaskHeads,
  listEvents,
  listPersonEvents,
} from "@valet/db";
import type { Doorbell } from "@valet/doorbell";
import type { Logger } from "@valet/runtime";
import { logEntry } from "./log-entry.ts";
import { type Following, type LogReader, type LogTail, createLogTail } from "./log-tail.ts";

/** A task's log, or without a task everything that happens to this person's tasks. */
export interface FollowedLog {
  readonly userId: string;
  readonly taskId?: string;
}

export interface LogHub {
  /** Events after a number, as they come; who may read the log was decided before. */
  readonly follow: (log: FollowedLog, after: number, reader: LogReader) => Following;
  readonly close: () => void;
}

export interface LogHubDeps {
  readonly db: Db;
  readonly doorbell: Pick<Doorbell, "subscribe">;
  readonly log: Logger;
  /** Pause between two looks without a ring, in milliseconds: what a lost ring costs at most. */
  readonly pollMs?: number;
}

interface OpenLog extends FollowedLog {
  readonly tail: LogTail;
  readonly unsubscribe: () => void;
  isSettling: boolean;
}

/**
 * All logs that somebody reads at this server, each of them read once for all its readers. Postgres is
 * asked when a ring comes, and now and then without one.
 */
export function createLogHub({ db, doorbell, log, pollMs = 1_000 }: LogHubDeps): LogHub {
  const openLogs = new Map<string, OpenLog>();
  let poll: NodeJS.Timeout | undefined;
  let isClosed = false;

  function open(followed: FollowedLog): OpenLog {
    const { taskId, userId } = followed;
    const key = taskId ?? userId;
    const known = openLogs.get(key);
    if (known !== undefined) return known;
    const tail = createLogTail({
      readLog: (after, limit) => readLog(db, followed, { after, limit }),
      endsLog: ({ event }) =>
        taskId !== undefined && (event.type === "completed" || event.type === "failed"),
      onFault: (err) => log.debug({ taskId, err }, "a log could not be read; it is tried again"),
    });
    // Listening comes before the first look, so that nothing can fall between the two.
    const unsubscribe = doorbell.subscribe(userId, (message) => {
      if (taskId === undefined) tail.ring(message.position ?? 0);
      else if (message.taskId === taskId) tail.ring(message.seq);
    });
    const opened = { ...followed, tail, unsubscribe, isSettling: false };
    openLogs.set(key, opened);
    return opened;
  }

  function closeIfUnread({ tail, taskId, userId, unsubscribe }: OpenLog): void {
    const key = taskId ?? userId;
    if (tail.readers() > 0 || openLogs.get(key)?.tail !== tail) return;
    openLogs.delete(key);
    unsubscribe();
  }

  /** How far logs go, all in two queries. */
  async function look(logs: readonly OpenLog[]): Promise<void> {
    const asked = logs.map((one) => ({ one, question: one.tail.ask() }));
    const idsOf = (isTask: boolean) =>
      logs.flatMap(({ taskId, userId }) =>
        isTask === (taskId !== undefined) ? [taskId ?? userId] : [],
      );
    const [taskIds, userIds] = [idsOf(true), idsOf(false)];
    const none: ReadonlyMap<string, LogHead> = new Map();
    const [tasks, persons] = await Promise.all([
      taskIds.length === 0 ? none : findTaskHeads(db, taskIds),
      userIds.length === 0 ? none : findPersonHeads(db, userIds),
    ]);
    const nothingYet: LogHead = { last: 0, isEnded: false };
    for (const { one, question } of asked) {
      const { taskId, userId, tail } = one;
      const head = taskId === undefined ? (persons.get(userId) ?? nothingYet) : tasks.get(taskId);
      tail.tell(question, head);
      closeIfUnread(one);
    }
  }

  /** Asks until nobody waits for an answer: once for all who came while the last question was under way. */
  async function settle(opened: OpenLog): Promise<void> {
    if (opened.isSettling) return;
    opened.isSettling = true;
    try {
      while (opened.tail.readers() > 0 && opened.tail.isInDoubt()) await look([opened]);
    } catch (err) {
      log.debug({ err }, "it could not be seen how far a log goes; it is tried again");
    } finally {
      opened.isSettling = false;
    }
  }

  /** Not all servers at once: each pause is a quarter longer or shorter. */
  function schedule(): void {
    if (isClosed || openLogs.size === 0 || poll !== undefined) return;
    poll = setTimeout(() => void lookAtAll(), pollMs * (0.75 + Math.random() / 2));
  }

  async function lookAtAll(): Promise<void> {
    try {
      await look([...openLogs.values()]);
    } catch (err) {
      log.debug({ err }, "it could not be seen how far logs go; it is tried again");
    }
    poll = undefined;
    schedule();
  }

  return {
    follow(followed, after, reader) {
      const opened = open(followed);
      const following = opened.tail.follow(after, {
        ...reader,
        end(why) {
          closeIfUnread(opened);
          reader.end(why);
        },
      });
      void settle(opened);
      schedule();
      return {
        resume: following.resume,
        stop() {
          following.stop();
          closeIfUnread(opened);
        },
      };
    },
    close() {
      isClosed = true;
      clearTimeout(poll);
      for (const { unsubscribe } of openLogs.values()) unsubscribe();
      openLogs.clear();
    },
  };
}

async function readLog(
  db: Db,
  { taskId, userId }: FollowedLog,
  page: { readonly after: number; readonly limit: number },
) {
  if (taskId !== undefined) {
    const events = await listEvents(db, { taskId, ...page });
    return events.map((event) => logEntry(taskId, event.seq, event));
  }
  const events = await listPersonEvents(db, { userId, ...page });
  return events.map(({ position, event }) => logEntry("*", position, event));
}
