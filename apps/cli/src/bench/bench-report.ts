import { percentile } from "./percentile.ts";

export interface BenchRow {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "count" | "ratio" | "MB" | "kB" | "per minute";
  /** The most it may be, or with `bound: "least"` the least; null when nothing was promised. */
  readonly floor: number | null;
  readonly bound?: "least";
  readonly holds: boolean;
}

export interface BenchReport {
  readonly name: string;
  readonly rows: readonly BenchRow[];
  /** Every measured value, by what was measured; in milliseconds unless its name says otherwise. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
}

/** Median and 95th percentile of every sample, held against the floors of some medians. */
export function benchReport(
  name: string,
  samples: Readonly<Record<string, readonly number[]>>,
  p50Floors: Readonly<Record<string, number>>,
): BenchReport {
  const rows = Object.entries(samples).flatMap(([what, sample]) => {
    const floor = p50Floors[what] ?? null;
    const p50 = round(percentile(sample, 0.5));
    return [
      benchRow({ what: `${what} p50`, value: p50, floor }),
      benchRow({ what: `${what} p95`, value: round(percentile(sample, 0.95)), floor: null }),
    ];
  });
  return { name, rows, samples };
}

/** A value that could not be measured misses its floor. */
export function benchRow({
  what,
  value,
  floor,
  unit = "ms",
  bound,
}: Pick<BenchRow, "what" | "value" | "floor"> &
  Partial<Pick<BenchRow, "unit" | "bound">>): BenchRow {
  const reaches = floor === null || (bound === "least" ? value >= floor : value <= floor);
  return { what, value, unit, floor, ...(bound === undefined ? {} : { bound }), holds: reaches };
}

/** One decimal: what is finer is noise. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
