import type { RunActions, RunSelection } from "@valet/contracts";
import { expect, test } from "vitest";
import { throughAll } from "./act-on-runs.ts";

const { signal } = new AbortController();

/** Answers each call with one page of those, and keeps what was asked. */
function clientWith(pages: readonly Partial<RunActions>[]) {
  const asked: RunSelection[] = [];
  const left = pages.values();
  const act = async (selection: RunSelection): Promise<RunActions> => {
    asked.push(selection);
    const page = left.next().value;
    if (page === undefined) throw new Error("It went on behind the end.");
    return {
      count: 0,
      results: [],
      hasMore: page.nextCursor !== undefined,
      nextCursor: null,
      ...page,
    };
  };
  return { asked, client: { cancelRuns: act, replayRuns: act, requeueRuns: act } };
}

test("what matches is worked through to its end, and how far it is said on the way", async () => {
  const results = [{ id: "a", done: true as const }];
  const { asked, client } = clientWith([
    { count: 500, nextCursor: "one", results },
    { count: 500, nextCursor: "two" },
    { count: 240 },
  ]);
  const notes: string[] = [];
  const output = { note: (text: string) => void notes.push(text) };
  const filters = { state: "failed" as const };
  const input = { client, word: "replay" as const, ids: [], filters, dryRun: false };
  expect(await throughAll(input, output, signal)).toEqual({ count: 1_240, results });
  expect(asked).toMatchObject([{ filters }, { cursor: "one" }, { filters, cursor: "two" }]);
  expect(notes).toEqual(["500 looked at, 500 done …", "1000 looked at, 1000 done …"]);
});

test("more ids than one call takes are sent in several", async () => {
  const { asked, client } = clientWith([{ count: 500 }, { count: 500 }, { count: 1 }]);
  const ids = Array.from({ length: 1_001 }, (_, index) => String(index));
  const input = { client, word: "cancel" as const, ids, filters: {}, dryRun: false };
  const all = await throughAll(input, { note: () => undefined }, signal);
  expect(all.count).toBe(1_001);
  expect(asked.map((selection) => ("ids" in selection ? selection.ids.length : 0))).toEqual([
    500, 500, 1,
  ]);
});
