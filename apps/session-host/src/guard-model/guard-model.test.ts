import { describe, expect, test } from "vitest";
import { explore } from "./explore.fixture.ts";
import { createGuardModel } from "./guard-model.fixture.ts";
import { type Guard, guards } from "./guards.fixture.ts";
import { type Budget, nothingElse } from "./guard-state.fixture.ts";

/** What can go wrong, a part at a time (state counts and traces: `--reporter=verbose`); `guard-model.sweep.test.ts` lets more of it go wrong together. */
const hazards: Readonly<Record<string, Partial<Budget>>> = {
  "a worker, a host or a gate falls": { crashes: 1 },
  "orders come twice and sites lose what was sent": { repeats: 1, losses: 1 },
  "approvals expire and pages change": { expiries: 1, pageChanges: 1 },
  "the person ends a task and repeats an attempt": { cancels: 1, resubmits: 1 },
  "the person takes a browser over and presses": { takeovers: 1 },
};

describe("two workers and two tasks for one job", () => {
  test.for(Object.entries(hazards))(
    "%s: nothing leaves twice or unapproved",
    async ([, hazard], { annotate }) => {
      const explored = explore(createGuardModel({ ...nothingElse, ...hazard }));
      await annotate(`${explored.states} states`);
      expect(explored).toEqual({ ...explored, kind: "sound" });
    },
  );
});

/** What has to go wrong besides, so that the others do not make up for the guard. */
const needs: Partial<Record<Guard, Partial<Budget>>> = {
  "only what the person chose is repeated": { cancels: 1 },
  "approval has not expired": { expiries: 1 },
  "digest is compared": { pageChanges: 1 },
  "approval by act is its press's alone": { takeovers: 1 },
  "press is compared": { takeovers: 1, pageChanges: 1 },
  "outcome is judged where it was sent": { crashes: 1 },
  "proxy is cut before the gate falls": { crashes: 1 },
};

/** What goes wrong first without each guard. */
const faults: Readonly<Record<Guard, string>> = {
  "one live attempt for each job": "the site stored it twice",
  "only what the person chose is repeated": "the site stored it twice",
  "approval is used once": "released without an approval of its own",
  "approval has not expired": "an expired approval was used",
  "approval by act is its press's alone": "a worker used the approval of a press",
  "press is compared": "released what was not approved",
  "digest is compared": "released what was not approved",
  "fence is compared on arming": "a worker that was replaced used up an approval",
  "fence is compared on dispatch": "a worker that was replaced let an application leave",
  "compare-and-set of armed to dispatched": "released although the attempt is aborted",
  "gate is closed before it is armed": "something left that nobody approved",
  "gate refuses after it has released": "something left that nobody approved",
  "takeover closes the gate": "released for a worker that was replaced",
  "gate is closed before the outcome is judged": "released although the attempt is rejected",
  "outcome is judged where it was sent": "released although the attempt is rejected",
  latch: "the site stored it twice",
  "proxy is cut before the gate falls": "something left that nobody approved",
};

describe("without one guard", () => {
  test.for(guards)("%s: there is a way to the fault", async (guard, { annotate }) => {
    const explored = explore(createGuardModel({ ...nothingElse, ...needs[guard] }, guard));
    if (explored.kind === "counterexample") await annotate(explored.trace.join(" → "));
    expect(explored).toMatchObject({ kind: "counterexample", fault: faults[guard] });
  });
});
