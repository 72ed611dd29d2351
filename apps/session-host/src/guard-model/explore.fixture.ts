/** One step of one of the parties, named for the trace. */
export interface Move<State> {
  readonly label: string;
  readonly next: State;
}

export interface Model<State> {
  readonly initial: State;
  /** Everything that can happen next. */
  moves(state: State): Iterable<Move<State>>;
  /** The same for two states exactly when they cannot be told apart. */
  key(state: State): string;
  /** What must never be, in words; undefined where all is well. */
  fault(state: State): string | undefined;
}

export type Exploration =
  | { readonly kind: "sound"; readonly states: number; readonly moves: number }
  | {
      readonly kind: "counterexample";
      readonly states: number;
      readonly fault: string;
      /** The shortest way there. */
      readonly trace: readonly string[];
    };

/** Visits every state that can be reached, nearest first; ends at the first fault. */
export function explore<State>(model: Model<State>): Exploration {
  const seen = new Set([model.key(model.initial)]);
  const parents: number[] = [-1];
  const labels: string[] = [""];
  let moves = 0;
  let level: readonly Visited<State>[] = [{ id: 0, state: model.initial }];
  while (level.length > 0) {
    const following: Visited<State>[] = [];
    for (const { id, state } of level) {
      for (const { label, next } of model.moves(state)) {
        moves += 1;
        const key = model.key(next);
        if (seen.has(key)) continue;
        seen.add(key);
        const visited = { id: labels.push(label) - 1, state: next };
        parents.push(id);
        const fault = model.fault(next);
        if (fault !== undefined) {
          const trace = traceTo(visited.id, { parents, labels });
          return { kind: "counterexample", states: seen.size, fault, trace };
        }
        following.push(visited);
      }
    }
    level = following;
  }
  return { kind: "sound", states: seen.size, moves };
}

interface Visited<State> {
  readonly id: number;
  readonly state: State;
}

function traceTo(
  last: number,
  { parents, labels }: { readonly parents: readonly number[]; readonly labels: readonly string[] },
): string[] {
  const trace: string[] = [];
  for (let id = last; id > 0; id = parents[id] ?? 0) trace.unshift(labels[id] ?? "");
  return trace;
}

/** Short names for plain values, so that a large state makes a short key. */
export function createNames(): (value: object) => number {
  const byText = new Map<string, number>();
  const byValue = new WeakMap<object, number>();
  return (value) => {
    const known = byValue.get(value);
    if (known !== undefined) return known;
    const text = JSON.stringify(value);
    const name = byText.get(text) ?? byText.size;
    byText.set(text, name);
    byValue.set(value, name);
    return name;
  };
}
