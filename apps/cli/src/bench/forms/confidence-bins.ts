import type { Certainty, ScoreRow } from "./form-score.ts";

const bounds = [0, 0.5, 0.7, 0.8, 0.9, 1.01];

/** How often answers of about the same confidence were right: calibrated when the two agree. */
export function confidenceBins(certainties: readonly Certainty[], unit = "fields"): ScoreRow[] {
  return bounds.slice(1).flatMap((upper, index): ScoreRow[] => {
    const lower = bounds[index] ?? 0;
    const inside = certainties.filter(
      ({ confidence }) => confidence >= lower && confidence < upper,
    );
    if (inside.length === 0) return [];
    const right = inside.filter(({ isRight }) => isRight).length;
    const what = `right at confidence ${lower.toFixed(1)}–${Math.min(1, upper).toFixed(1)} (${inside.length} ${unit})`;
    const value = Math.round((right * 1_000) / inside.length) / 1_000;
    return [{ what, value, unit: "ratio", floor: null, bound: "least" }];
  });
}
