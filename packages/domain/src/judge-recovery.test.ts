import { IntentState } from "@valet/contracts";
import { expect, test } from "vitest";
import { type RecoveryFacts, judgeRecovery } from "./judge-recovery.ts";

const armed: RecoveryFacts = {
  intentState: "armed",
  intentFence: 4,
  session: { state: "live", fence: 4 },
};

test.each<[string, Partial<RecoveryFacts>]>([
  ["the fence has been taken over", { session: { state: "live", fence: 5 } }],
  ["the session was closed", { session: { state: "closed", fence: 4 } }],
  ["the host died", { session: { state: "lost", fence: 4 } }],
  ["the browser was put aside", { session: { state: "hibernated", fence: 4 } }],
  ["there is no session", { session: null }],
  ["it was armed for none", { intentFence: null }],
])("an armed attempt may be ended once %s", (_, facts) => {
  expect(judgeRecovery({ ...armed, ...facts })).toBe("abort");
});

test("an armed attempt whose epoch may still act has to be waited for", () => {
  expect(judgeRecovery(armed)).toBe("wait_for_epoch_end");
  expect(judgeRecovery({ ...armed, session: { state: "live", fence: 3 } })).toBe(
    "wait_for_epoch_end",
  );
});

test("only an armed attempt is ever ended, whatever became of its session", () => {
  const sessions = [armed.session, null, { state: "lost", fence: 9 } as const];
  for (const intentState of IntentState.options.filter((state) => state !== "armed")) {
    for (const session of sessions) {
      const sent = intentState === "dispatched" || intentState === "unknown";
      expect(judgeRecovery({ ...armed, intentState, session })).toBe(sent ? "reconcile" : "none");
    }
  }
  expect(judgeRecovery({ ...armed, intentState: null })).toBe("none");
});
