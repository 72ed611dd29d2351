import type { IntentState } from "@valet/contracts";
import { mayHaveBeenSent, nextIntentState } from "@valet/domain";
import type { SubmitAttempt } from "../create-session-records.ts";

interface Attempt {
  readonly intentId: string;
  readonly state: IntentState;
  readonly fence: number | null;
  readonly requestDigest: string | null;
}

/** What Postgres holds of one application, under the rules that its statements keep. */
export interface GuardRecords {
  takeFence(): number;
  /** An attempt armed for this fence, or undefined: it was sent, or somebody else has the session. */
  arm(input: { readonly fence: number; readonly repeats: boolean }): string | undefined;
  dispatch(attempt: SubmitAttempt): boolean;
  disarm(input: { readonly intentId: string; readonly fence: number }): void;
  end(): void;
  findByRequest(digest: string): Attempt | undefined;
  /** How often the person chose to send it once more. */
  resubmits(): number;
}

export function createGuardRecords(sessionId: string): GuardRecords {
  const attempts: Attempt[] = [];
  let fence = 0;
  let isLive = true;
  let resubmits = 0;

  function change(index: number, changed: Partial<Attempt>): void {
    const row = attempts[index];
    if (row !== undefined) attempts[index] = { ...row, ...changed };
  }

  return {
    takeFence: () => (fence += 1),
    arm({ fence: held, repeats }) {
      if (!isLive || held !== fence) return undefined;
      const last = attempts.at(-1);
      if (last !== undefined && mayHaveBeenSent(last.state)) {
        if (!repeats) return undefined;
        resubmits += 1;
      }
      // Of an epoch that is over: its fence is not the newest.
      if (last?.state === "armed") change(attempts.length - 1, { state: "aborted" });
      const intentId = `00000000-0000-4000-8000-${String(attempts.length).padStart(12, "0")}`;
      const state = nextIntentState("approved", "arm") ?? "approved";
      attempts.push({ intentId, state, fence, requestDigest: null });
      return intentId;
    },
    dispatch({ intentId, sessionId: from, fence: held, requestDigest }) {
      const index = attempts.findIndex((attempt) => attempt.intentId === intentId);
      const row = attempts[index];
      const isNewest = isLive && from === sessionId && held === fence && row?.fence === fence;
      if (!isNewest || row.state !== "armed") return false;
      change(index, { state: nextIntentState(row.state, "dispatch") ?? row.state, requestDigest });
      return true;
    },
    disarm({ intentId, fence: held }) {
      const index = attempts.findIndex((attempt) => attempt.intentId === intentId);
      const row = attempts[index];
      if (row?.state !== "armed" || row.fence === null || row.fence > held) return;
      change(index, { state: nextIntentState(row.state, "abort") ?? row.state });
    },
    end() {
      isLive = false;
    },
    findByRequest: (digest) => attempts.find((attempt) => attempt.requestDigest === digest),
    resubmits: () => resubmits,
  };
}
