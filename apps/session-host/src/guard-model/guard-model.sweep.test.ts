import { expect, test } from "vitest";
import { explore } from "./explore.fixture.ts";
import { createGuardModel } from "./guard-model.fixture.ts";
import { type Budget, nothingElse } from "./guard-state.fixture.ts";

const small: Budget = { ...nothingElse, crashes: 1 };

/** More of what `guard-model.test.ts` looks at a part at a time; the largest that fit into memory. */
const wide: Readonly<Record<string, Partial<Budget>>> = {
  "three crashes": { crashes: 3 },
  "three crashes and a takeover more": { crashes: 3, runs: 3 },
  "crashes, repeated orders and losses": { repeats: 1, losses: 1 },
  "a press, and a page that changes": { takeovers: 1, pageChanges: 1, crashes: 0 },
  "a press that expires": { takeovers: 1, expiries: 1, crashes: 0 },
  "a crash and a press": { takeovers: 1 },
  "crashes, cancelling and repeating": { cancels: 1, resubmits: 1, losses: 1 },
};

test.for(Object.entries(wide))(
  "%s: nothing leaves twice or unapproved",
  { timeout: 1_200_000 },
  async ([, more], { annotate }) => {
    const explored = explore(createGuardModel({ ...small, ...more }));
    await annotate(`${explored.states} states`);
    expect(explored).toEqual({ ...explored, kind: "sound" });
  },
);
