/** Right, wrong and missed meanings over a set. */
export interface MeaningCount {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

export interface JudgedMeaning {
  /** Meanings that would be right; empty where none of the scored ones is. */
  readonly expected: readonly string[];
  readonly found: string;
}

/** Counts only meanings of the scored kinds. */
export function countMeanings(
  judged: readonly JudgedMeaning[],
  scored: ReadonlySet<string>,
): MeaningCount {
  const isRight = ({ expected, found }: JudgedMeaning): boolean => expected.includes(found);
  return {
    right: judged.filter((one) => isRight(one)).length,
    wrong: judged.filter((one) => !isRight(one) && scored.has(one.found)).length,
    missed: judged.filter((one) => !isRight(one) && one.expected.length > 0).length,
  };
}

/** Harmonic mean of precision and recall, micro-averaged; 1 when there was nothing to find. */
export function f1({ right, wrong, missed }: MeaningCount): number {
  const total = 2 * right + wrong + missed;
  return total === 0 ? 1 : Math.round((2 * right * 10_000) / total) / 10_000;
}
