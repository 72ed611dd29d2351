import type { LogEntry } from "./log-entry.ts";

/** Events of one log after a number, in order. */
export type ReadLog = (after: number, limit: number) => Promise<readonly LogEntry[]>;

/** Kept at a time: readers who catch up pass through the same few. */
const mostPages = 4;

export interface LogPages {
  /** The event of this number, where it is at hand. */
  readonly at: (position: number) => LogEntry | undefined;
  /** Reads on from a number, once for all who ask at the same time. Says how many came. */
  readonly load: (after: number) => Promise<number>;
  readonly forget: () => void;
}

/**
 * The parts of a log that its readers need just now. A log only grows and has no gaps, so what was read
 * once stays right. Pages start at multiples of `pageSize`, so that all readers ask for the same ones.
 */
export function createLogPages(readLog: ReadLog, pageSize: number): LogPages {
  // In the order of last use, so that the first is the one to drop.
  let pages = new Map<number, LogEntry[]>();
  let loading = new Map<number, Promise<number>>();

  async function read(index: number, page: LogEntry[]): Promise<number> {
    const after = index * pageSize + page.length;
    const entries = await readLog(after, pageSize - page.length);
    entries.forEach(({ position }, at) => {
      if (position === after + at + 1) return;
      throw new Error(`The log has ${position} where ${after + at + 1} was to be.`);
    });
    page.push(...entries);
    return entries.length;
  }

  return {
    at(position) {
      const index = Math.floor((position - 1) / pageSize);
      return pages.get(index)?.[position - 1 - index * pageSize];
    },
    load(after) {
      const index = Math.floor(after / pageSize);
      const underWay = loading.get(index);
      if (underWay !== undefined) return underWay;

      const page = pages.get(index) ?? [];
      pages.delete(index);
      pages.set(index, page);
      const [oldest] = pages.keys();
      if (pages.size > mostPages && oldest !== undefined) pages.delete(oldest);
      const current = loading;
      const load = read(index, page).finally(() => current.delete(index));
      loading.set(index, load);
      return load;
    },
    forget() {
      pages = new Map();
      loading = new Map();
    },
  };
}
