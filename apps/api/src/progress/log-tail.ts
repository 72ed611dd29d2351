import type { LogHead } from "@valet/db";
import type { LogEntry } from "./log-entry.ts";
import { type ReadLog, createLogPages } from "./log-pages.ts";

/** Why a reader gets no more: it has all there is, the log is gone, or it reads too slowly. */
export type FollowingEnd = "complete" | "gone" | "slow";

/** Where a log's events go. None of these may throw. */
export interface LogReader {
  /** Takes an event and says how many bytes wait now for whoever reads at the other end. */
  readonly send: (entry: LogEntry) => number;
  /** It knows more than the log holds and must forget; everything follows from 1. */
  readonly reset: () => void;
  readonly end: (why: FollowingEnd) => void;
}

/** A reader's place in a log. */
export interface Following {
  /** What waited has gone out: there is room for more. */
  readonly resume: () => void;
  readonly stop: () => void;
}

/** What was known when somebody went to look how far the log goes. */
export interface Question {
  readonly head: number;
  readonly number: number;
}

export interface LogTail {
  readonly follow: (after: number, reader: LogReader) => Following;
  readonly readers: () => number;
  /** Whether somebody waits for `tell`. */
  readonly isInDoubt: () => boolean;
  /** The log holds this number; may be late, doubled, or never come. */
  readonly ring: (position: number) => void;
  /** Taken before the log is asked how far it goes. */
  readonly ask: () => Question;
  /** How far the log went, at some moment after `ask`; `undefined` when it is gone. */
  readonly tell: (question: Question, answer: LogHead | undefined) => void;
}

/** A reader that catches up gets no more while this much waits for it, in bytes. */
const pauseAtBytes = 128 * 1024;
/** One that had caught up and for whom this much waits is cut; it can resume where it was. */
const cutAtBytes = 1024 * 1024;

export interface LogTailDeps {
  readonly readLog: ReadLog;
  /** Whether nothing comes after this event, so that nobody need be asked. */
  readonly endsLog: (entry: LogEntry) => boolean;
  /** A log could not be read. It is tried again. */
  readonly onFault: (error: unknown) => void;
  /** Events that are read at once; 500 unless given. */
  readonly pageSize?: number;
}

interface Place {
  readonly reader: LogReader;
  /** The last number given, or claimed to be known. */
  cursor: number;
  /** The question whose answer decides about a claim beyond all we know; 0 when nothing is in doubt. */
  doubtUntil: number;
  hasCaughtUp: boolean;
  isPaused: boolean;
}

/**
 * One log with everybody who reads it here. Each reader gets every event after its number, in order and
 * once; what one of them has caused to be read all of them share. Rings only say when to look.
 */
export function createLogTail(deps: LogTailDeps): LogTail {
  const { readLog, endsLog, onFault, pageSize = 500 } = deps;
  const pages = createLogPages(readLog, pageSize);
  const places = new Set<Place>();
  let head: number | undefined;
  let isComplete = false;
  let questions = 0;

  function leave(place: Place, why: FollowingEnd): void {
    if (places.delete(place)) place.reader.end(why);
  }

  function restart(place: Place): void {
    place.cursor = 0;
    place.hasCaughtUp = false;
    place.reader.reset();
  }

  function isLast(position: number): boolean {
    const entry = pages.at(position);
    return entry !== undefined && endsLog(entry);
  }

  /** Gives a reader what is at hand, and asks for more if that is not all. */
  function serve(place: Place): void {
    while (places.has(place) && !place.isPaused && place.doubtUntil === 0) {
      if (head === undefined || place.cursor >= head) {
        if (head === undefined) return;
        place.hasCaughtUp = true;
        if (isComplete || isLast(place.cursor)) leave(place, "complete");
        return;
      }
      const entry = pages.at(place.cursor + 1);
      if (entry === undefined) {
        load(place);
        return;
      }
      place.cursor = entry.position;
      const waiting = place.reader.send(entry);
      if (!place.hasCaughtUp) place.isPaused = waiting > pauseAtBytes;
      else if (waiting > cutAtBytes) leave(place, "slow");
    }
  }

  /** What is not there yet, or could not be read, comes with the next ring or answer. */
  function load(place: Place): void {
    pages.load(place.cursor).then((count) => {
      if (count > 0) serve(place);
    }, onFault);
  }

  function serveAll(): void {
    for (const place of places) serve(place);
  }

  return {
    readers: () => places.size,
    isInDoubt: () => head === undefined || [...places].some(({ doubtUntil }) => doubtUntil > 0),
    follow(after, reader) {
      // The reader may come from another server that was told of an event before us.
      const doubtUntil = after > (head ?? 0) ? questions + 1 : 0;
      const place = { reader, cursor: after, doubtUntil, hasCaughtUp: false, isPaused: false };
      places.add(place);
      serve(place);
      return {
        resume() {
          if (!place.isPaused) return;
          place.isPaused = false;
          serve(place);
        },
        stop: () => void places.delete(place),
      };
    },
    ring(position) {
      if (position <= (head ?? 0)) return;
      head = position;
      serveAll();
    },
    ask: () => ({ head: head ?? 0, number: (questions += 1) }),
    tell(question, answer) {
      if (answer === undefined) {
        for (const place of places) leave(place, "gone");
        return;
      }
      const { last } = answer;
      // Shorter than it was before the question: a database that was restored. What we hold is of no use.
      const isShorter = last < question.head;
      if (isShorter) pages.forget();
      head = isShorter ? last : Math.max(last, head ?? 0);
      isComplete = answer.isEnded && head === last;
      for (const place of places) {
        if (place.doubtUntil > question.number) continue;
        const isBeyond = place.doubtUntil > 0 && place.cursor > last;
        place.doubtUntil = 0;
        if (isBeyond || (isShorter && place.cursor > last)) restart(place);
      }
      serveAll();
    },
  };
}
