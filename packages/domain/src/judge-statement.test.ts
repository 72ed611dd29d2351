import { IntentState, Outcome, StatedOutcome } from "@valet/contracts";
import { describe, expect, test } from "vitest";
import { type RecordedOutcome, judgeRetry, judgeStatement } from "./judge-statement.ts";

const unconfirmed: RecordedOutcome = {
  intentState: "unknown",
  decidedBy: null,
  outcome: "unconfirmed",
  isRepeated: false,
  wasAnsweredWell: false,
};

const state = (
  says: StatedOutcome | "resubmit",
  record: Partial<RecordedOutcome> = {},
  acceptsDuplicateRisk = false,
) => judgeStatement({ ...unconfirmed, ...record }, { says, acceptsDuplicateRisk });

const everyStatement = [...StatedOutcome.options, "resubmit"] as const;

describe("what a person says of an application", () => {
  test("decides one of unknown outcome", () => {
    expect(state("confirmed")).toEqual({ kind: "accepted", event: "confirm" });
    for (const says of ["already_applied", "rejected", "not_submitted"] as const)
      expect(state(says)).toEqual({ kind: "accepted", event: "reject" });
  });

  test("frees a job whose site answered well only with the risk accepted", () => {
    const answered = { wasAnsweredWell: true };
    for (const says of ["rejected", "not_submitted"] as const) {
      expect(state(says, answered)).toEqual({ kind: "refused", code: "DUPLICATE_RISK" });
      expect(state(says, answered, true)).toEqual({ kind: "accepted", event: "reject" });
    }
    expect(state("confirmed", answered)).toMatchObject({ kind: "accepted" });
    expect(state("already_applied", answered)).toMatchObject({ kind: "accepted" });
  });

  test("sends again only with the risk accepted, and decides nothing by it", () => {
    expect(state("resubmit")).toEqual({ kind: "refused", code: "DUPLICATE_RISK" });
    expect(state("resubmit", {}, true)).toEqual({ kind: "accepted", event: null });
  });

  test("overrides nothing that is not unknown, whatever risk is accepted", () => {
    for (const intentState of [...IntentState.options, null]) {
      for (const outcome of Outcome.options) {
        if (intentState === "unknown" && outcome === "unconfirmed") continue;
        for (const says of everyStatement) {
          expect(state(says, { intentState, outcome, decidedBy: "proof" }, true)).toEqual({
            kind: "refused",
            code: "CONTRADICTS_EVIDENCE",
          });
        }
      }
    }
  });

  test("waits while it runs, and while a newer one is in its place", () => {
    for (const says of everyStatement) {
      expect(state(says, { outcome: null }, true)).toEqual({
        kind: "refused",
        code: "TASK_IN_PROGRESS",
      });
      expect(state(says, { isRepeated: true }, true)).toEqual({
        kind: "refused",
        code: "ILLEGAL_TRANSITION",
      });
    }
  });

  test("may be said twice, but not changed", () => {
    const said = { intentState: "confirmed", outcome: "confirmed", decidedBy: "person" } as const;
    expect(state("confirmed", said)).toEqual({ kind: "repeated" });
    expect(state("not_submitted", said, true)).toMatchObject({ code: "CONTRADICTS_EVIDENCE" });
  });
});

test("an application is started once more only where nothing of it can be with the site", () => {
  expect(judgeRetry({ outcome: "not_submitted", intentState: null })).toEqual({ kind: "allowed" });
  const codes: Readonly<Record<Outcome, string>> = {
    confirmed: "ALREADY_APPLIED",
    already_applied: "ALREADY_APPLIED",
    unconfirmed: "OUTCOME_UNKNOWN",
    rejected: "allowed",
    not_submitted: "allowed",
  };
  for (const outcome of Outcome.options) {
    for (const intentState of [null, "aborted", "rejected"] as const) {
      const judged = judgeRetry({ outcome, intentState });
      expect(judged.kind === "refused" ? judged.code : judged.kind).toBe(codes[outcome]);
    }
    for (const intentState of ["dispatched", "confirmed", "unknown"] as const)
      expect(judgeRetry({ outcome, intentState }).kind).toBe("refused");
  }
  expect(judgeRetry({ outcome: null, intentState: null })).toMatchObject({
    code: "TASK_IN_PROGRESS",
  });
});
