import type { GateView } from "@valet/browser";
import { expect, test } from "vitest";
import { untilGateDecides } from "./until-gate-decides.ts";

const signal = new AbortController().signal;
const before: GateView = { state: "armed", refused: 0 };

/** Shows these one after the other, and then the last for ever. */
function gateThatShows(views: readonly Partial<GateView>[]): () => Promise<GateView> {
  let looks = 0;
  return () => {
    const shown = views[Math.min(looks, views.length - 1)];
    looks += 1;
    return Promise.resolve({ ...before, ...shown });
  };
}

const deciding = Array.from({ length: 6 }, () => ({ state: "deciding" }) as const);

test.each(["spent", "closed"] as const)(
  "a decision that takes longer than a silent page is given is waited for: %s",
  async (state) => {
    const view = gateThatShows([...deciding, { state }]);
    expect(await untilGateDecides({ view, before, forMs: 1 }, signal)).toMatchObject({ state });
  },
);

test("a page that sends nothing is given up", async () => {
  const view = gateThatShows([{}]);
  expect(await untilGateDecides({ view, before, forMs: 1 }, signal)).toEqual(before);
});

test("what was kept from leaving without a decision ends the wait", async () => {
  const view = gateThatShows([{ refused: 1 }]);
  expect(await untilGateDecides({ view, before }, signal)).toMatchObject({ refused: 1 });
});

test("nobody waits on once the step is over", async () => {
  const view = gateThatShows(deciding);
  const over = AbortSignal.abort(new Error("over"));
  await expect(untilGateDecides({ view, before }, over)).rejects.toThrow("aborted");
});
