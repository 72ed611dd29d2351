import { browserMoves } from "./browser-moves.fixture.ts";
import { type Model, createNames } from "./explore.fixture.ts";
import type { Guard, Stands } from "./guards.fixture.ts";
import { type Budget, type GuardState, at, startOf } from "./guard-state.fixture.ts";
import { outsideMoves } from "./outside-moves.fixture.ts";
import { personMoves } from "./person-moves.fixture.ts";
import { workerMoves } from "./worker-moves.fixture.ts";

/**
 * The submission guard with everything around it that can go wrong, over the real rules: the machine of the
 * attempt, the judge of recovery and of outcomes, the rule of the gate, the latch. `without` takes one guard
 * away.
 */
export function createGuardModel(left: Budget, without?: Guard): Model<GuardState> {
  const stands: Stands = (guard) => guard !== without;
  const nameOf = createNames();
  return {
    initial: startOf(left),
    *moves(state) {
      yield* workerMoves(stands, state);
      yield* browserMoves(stands, state);
      yield* outsideMoves(state);
      yield* personMoves(stands, state);
    },
    key(state) {
      const { tasks, intents, approvals, sessions, browsers, workers } = state;
      // The two workers can be told apart by nobody.
      const rows = [tasks, intents, approvals, sessions, browsers];
      const names = rows.map((row) => row.map(nameOf).join("."));
      return [
        ...names,
        workers
          .map(nameOf)
          .sort((a, b) => a - b)
          .join("."),
        state.person === null ? "" : nameOf(state.person),
        nameOf(state.left),
      ].join("|");
    },
    fault: faultOf,
  };
}

/** At most one application, and one more for each time that the person chose to repeat it. */
function faultOf(state: GuardState): string | undefined {
  if (state.fault !== undefined) return state.fault;
  const flights = state.browsers.flatMap((browser) => browser.flights);
  if (flights.some(({ intent }) => intent === null)) return "something left that nobody approved";
  const repeats = state.tasks.filter((task) => task.repeats !== null).length;
  const stored = flights.reduce((sum, flight) => sum + flight.stored, 0);
  if (stored > 1 + repeats) return "the site stored it twice";
  const open = flights.filter(
    ({ intent }) => intent !== null && at(state.intents, intent).state !== "rejected",
  );
  if (open.length > 1 + repeats) return "it left twice";
  return undefined;
}
