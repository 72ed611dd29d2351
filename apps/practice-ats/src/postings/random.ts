/** The same numbers for the same seed, on every machine. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** True this often. */
  chance(share: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** `count` of them, each once, in a new order. */
  some<T>(from: readonly T[], count: number): T[];
}

/** Mulberry32: small, and good enough to vary pages. */
export function createRandom(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    some(from, count) {
      const left = [...from];
      const taken: (typeof left)[number][] = [];
      while (taken.length < count && left.length > 0) {
        taken.push(...left.splice(Math.floor(next() * left.length), 1));
      }
      return taken;
    },
  };
}
