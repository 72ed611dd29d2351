import type { TaskEvent } from "@valet/contracts";
import { everyCaseOr } from "@valet/testkit";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type LogEntry, logEntry } from "./log-entry.ts";
import { type Following, type LogTail, createLogTail } from "./log-tail.ts";

const taskId = "7c5b4a86-6f5e-4a0f-9a53-0d6c1fbb1f6e";

function eventAt(seq: number): TaskEvent {
  const data = { step: "fill-fields", pct: 1, message: `${seq}` } as const;
  return { seq, epoch: 1, taskId, at: "2026-01-01T00:00:00.000Z", type: "progress", data };
}

/** A log in memory whose reads are answered when the test says so, with what it held at the start or then. */
function memoryLog() {
  const entries: LogEntry[] = [];
  const reads: ((isLate: boolean) => void)[] = [];
  return {
    entries,
    reads,
    commit: () =>
      void entries.push(logEntry(taskId, entries.length + 1, eventAt(entries.length + 1))),
    readLog: (after: number, limit: number) => {
      const before = entries.slice(after, after + limit);
      return new Promise<readonly LogEntry[]>((resolve, reject) => {
        reads.push((isLate) => {
          if (isLate) resolve(entries.slice(after, after + limit));
          else if (before.length === 0 && after < entries.length)
            reject(new Error("The database went."));
          else resolve(before);
        });
      });
    },
  };
}

/** A client that reconnects: what it has seen, over all its connections. */
function client(startsAfter: number) {
  const seen: number[] = [];
  let following: Following | undefined;
  let waiting = 0;
  let last = startsAfter;
  let resets = 0;
  let misplaced = 0;
  return {
    seen,
    last: () => last,
    /** Events that were not the next one. */
    misplaced: () => misplaced,
    resets: () => resets,
    isConnected: () => following !== undefined,
    connect(tail: LogTail | undefined, bytesEach: number) {
      if (tail === undefined) return;
      following?.stop();
      waiting = 0;
      let isOver = false;
      const opened = tail.follow(last, {
        send(entry) {
          seen.push(entry.position);
          if (entry.position !== last + 1) misplaced += 1;
          last = entry.position;
          waiting += bytesEach;
          return waiting;
        },
        reset() {
          resets += 1;
          seen.length = 0;
          last = 0;
        },
        end() {
          isOver = true;
          following = undefined;
        },
      });
      following = isOver ? undefined : opened;
    },
    drain() {
      waiting = 0;
      following?.resume();
    },
    disconnect() {
      following?.stop();
      following = undefined;
    },
  };
}

const action = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: "commit" } as const) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("ring" as const), at: fc.nat() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("answer" as const),
      at: fc.nat(),
      isLate: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("ask" as const), at: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("tell" as const), at: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("connect" as const),
      at: fc.nat(),
      to: fc.nat({ max: 1 }),
      bytes: fc.constantFrom(1, 50_000, 600_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("disconnect" as const), at: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("drain" as const), at: fc.nat() }) },
);

const runs = everyCaseOr(10_000, 2_000);
const oneOf = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];
const upTo = (last: number, from: number) =>
  Array.from({ length: Math.max(0, last - from) }, (_, index) => from + index + 1);
/** Everything that promises have to do has been done. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test("whatever is lost, doubled, late or torn down, each reader has a prefix of the log, and in the end all of it", async () => {
  let longest = 0;
  let cuts = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 20, maxLength: 60, size: "max" }),
      fc.integer({ min: 1, max: 4 }),
      async (actions, pageSize) => {
        const log = memoryLog();
        // Two servers over one log; a client that comes back may come to the other one.
        const tails = [1, 2].map(() =>
          createLogTail({
            readLog: log.readLog,
            endsLog: () => false,
            onFault: () => {},
            pageSize,
          }),
        );
        const clients = [client(0), client(0), client(0)];
        const answers: ((at: number) => void)[] = [];
        const ask = (tail: LogTail | undefined) => {
          const question = tail?.ask();
          const first = log.entries.length;
          if (question === undefined) return;
          answers.push((at) => {
            // What the query saw is any moment between the question and now.
            const last = first + (at % (log.entries.length - first + 1));
            tail?.tell(question, { last, isEnded: false });
          });
        };
        for (const step of actions) {
          switch (step.do) {
            case "commit":
              log.commit();
              break;
            case "ring":
              if (log.entries.length === 0) break;
              oneOf(tails, step.at)?.ring((step.at % log.entries.length) + 1);
              break;
            case "answer":
              log.reads.splice(step.at % Math.max(1, log.reads.length), 1)[0]?.(step.isLate);
              break;
            case "ask":
              ask(oneOf(tails, step.at));
              break;
            case "tell":
              answers.splice(step.at % Math.max(1, answers.length), 1)[0]?.(step.at);
              break;
            case "connect":
              oneOf(clients, step.at)?.connect(oneOf(tails, step.to), step.bytes);
              break;
            case "disconnect":
              oneOf(clients, step.at)?.disconnect();
              break;
            case "drain":
              oneOf(clients, step.at)?.drain();
              break;
          }
          await Promise.resolve();
        }
        cuts += clients.filter((one) => !one.isConnected()).length;
        for (let round = 0; round < 200; round += 1) {
          if (clients.every((one) => one.last() === log.entries.length)) break;
          for (const one of clients) {
            if (!one.isConnected()) one.connect(oneOf(tails, round), 1);
            one.drain();
          }
          for (const tail of tails) {
            tail.tell(tail.ask(), { last: log.entries.length, isEnded: false });
          }
          for (const answer of log.reads.splice(0)) answer(true);
          await settled();
        }
        for (const one of clients) {
          expect([one.misplaced(), one.resets(), one.last()]).toEqual([0, 0, log.entries.length]);
        }
        longest = Math.max(longest, log.entries.length);
      },
    ),
    { numRuns: runs },
  );
  expect(longest).toBeGreaterThan(10);
  expect(cuts).toBeGreaterThan(100);
});

test("a reader that takes rings for events, as plain publish and subscribe does, loses some", () => {
  const lost = fc.check(
    fc.property(fc.array(action, { minLength: 5, maxLength: 60 }), (actions) => {
      const seen: number[] = [];
      let last = 0;
      for (const step of actions) {
        if (step.do === "commit") last += 1;
        if (step.do === "ring" && last > 0) seen.push((step.at % last) + 1);
      }
      expect(seen).toEqual(upTo(seen.length, 0));
    }),
    { numRuns: 1_000 },
  );
  expect(lost.failed).toBe(true);
});

async function openTail(count: number, isEnded = false) {
  const log = memoryLog();
  for (let index = 0; index < count; index += 1) log.commit();
  let reads = 0;
  const tail = createLogTail({
    readLog: async (after, limit) => {
      reads += 1;
      return log.entries.slice(after, after + limit);
    },
    endsLog: () => false,
    onFault: () => {},
  });
  tail.tell(tail.ask(), { last: count, isEnded });
  return { log, tail, reads: () => reads };
}

test("a thousand readers who come at once cause one read", async () => {
  const { tail, reads } = await openTail(200);
  const clients = Array.from({ length: 1_000 }, () => client(0));
  for (const one of clients) one.connect(tail, 1);
  await settled();
  expect(clients.map((one) => one.last())).toEqual(clients.map(() => 200));
  expect(reads()).toBe(1);
});

test("who claims to know more than the log holds is reset, but not before the log was asked after they came", async () => {
  const { log, tail } = await openTail(3);
  const early = tail.ask();
  const claims = client(5);
  claims.connect(tail, 1);
  // Another server has told this client of what was written a moment ago.
  log.commit();
  log.commit();
  tail.tell(early, { last: 3, isEnded: false });
  expect([claims.resets(), tail.isInDoubt()]).toEqual([0, true]);
  tail.tell(tail.ask(), { last: 5, isEnded: false });
  expect([claims.resets(), tail.isInDoubt()]).toEqual([0, false]);

  const wrong = client(99);
  wrong.connect(tail, 1);
  tail.tell(tail.ask(), { last: 5, isEnded: false });
  await settled();
  expect(wrong.resets()).toBe(1);
  expect(wrong.seen).toEqual([1, 2, 3, 4, 5]);
});

test("when the log has become shorter, those who had more start again and nobody is given what is gone", async () => {
  const { log, tail } = await openTail(9);
  const ahead = client(0);
  ahead.connect(tail, 1);
  await settled();
  log.entries.length = 4;
  tail.tell(tail.ask(), { last: 4, isEnded: false });
  await settled();
  expect(ahead.resets()).toBe(1);
  expect(ahead.seen).toEqual([1, 2, 3, 4]);
});

test("a reader that had caught up and takes nothing is cut at a mebibyte; one that catches up only pauses", async () => {
  const { log, tail } = await openTail(40);
  const catchingUp = client(0);
  catchingUp.connect(tail, 100_000);
  await settled();
  expect([catchingUp.isConnected(), catchingUp.last()]).toEqual([true, 2]);
  for (let round = 0; round < 40; round += 1) catchingUp.drain();
  expect([catchingUp.isConnected(), catchingUp.last()]).toEqual([true, 40]);
  while (catchingUp.isConnected() && log.entries.length < 100) {
    log.commit();
    tail.ring(log.entries.length);
    await settled();
  }
  expect(catchingUp.isConnected()).toBe(false);
  const cutAt = catchingUp.last();
  catchingUp.connect(tail, 1);
  await settled();
  expect(catchingUp.seen).toEqual(upTo(log.entries.length, 0));
  expect(cutAt - 40).toBeLessThanOrEqual(11);
});

test("a log that is complete ends its readers, also those who have all of it already", async () => {
  const { tail } = await openTail(2, true);
  const fresh = client(0);
  fresh.connect(tail, 1);
  await settled();
  const knowing = client(2);
  knowing.connect(tail, 1);
  expect([fresh.isConnected(), knowing.isConnected(), fresh.last()]).toEqual([false, false, 2]);
});
