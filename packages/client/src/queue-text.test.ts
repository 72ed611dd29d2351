import { HeldUpBy } from "@valet/contracts";
import { expect, test } from "vitest";
import { queueText, waitsBecause } from "./queue-text.ts";

test("a place in the queue is how many come before, why it waits and until when", () => {
  const soon = new Date(Date.now() + 60_000).toISOString();
  const later = new Date(Date.now() + 90_000_000).toISOString();
  expect(queueText({ behind: 0, heldUpBy: null, until: null })).toBe("queued");
  expect(queueText({ behind: 3, heldUpBy: "turn", until: null })).toBe("queued behind 3 (turn)");
  expect(queueText({ behind: 1, heldUpBy: "host_spacing", until: soon })).toMatch(
    /^queued behind 1 \(host spacing, until [^,]*\d\d:\d\d[^,]*\)$/,
  );
  // A day alone, or an hour alone, would not say when.
  expect(queueText({ behind: 0, heldUpBy: "not_before", until: later })).toMatch(
    /until .*\d.*\d:\d\d/,
  );
});

test("each reason has words of its own, and who comes next waits for nothing", () => {
  expect(waitsBecause({ behind: 0, heldUpBy: null, until: null })).toBeUndefined();
  const texts = HeldUpBy.options.map((heldUpBy) =>
    waitsBecause({ behind: 2, heldUpBy, until: null }),
  );
  expect(new Set(texts).size).toBe(HeldUpBy.options.length);
  expect(texts[0]).toBe("waits for its start behind 2 of yours: its time has not come");
});
