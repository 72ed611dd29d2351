import type { BenchReport } from "../bench/bench-report.ts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";

/** The rows, then every sample, so that no outlier hides behind a median. */
export function benchTable({ rows, samples }: BenchReport, colors: Colors): string {
  const head = ["what", "value", "floor", ""].map((title) => colors.dim(title));
  const body = rows.map(({ what, value, unit, floor, bound, holds }) => [
    what,
    `${value} ${unit}`,
    floor === null ? "" : `${bound === "least" ? "≥" : "≤"} ${floor} ${unit}`,
    floor === null ? "" : holds ? colors.green("holds") : colors.red("missed"),
  ]);
  const all = Object.entries(samples).map(
    ([what, sample]) => `${colors.dim(what)}: ${sample.join(" ")}`,
  );
  return [columnTable([head, ...body]), "", "Samples (ms unless named otherwise)", ...all].join(
    "\n",
  );
}
