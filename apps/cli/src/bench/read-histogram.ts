import type { BenchWorker } from "./start-bench-host.ts";

export interface HistogramValues {
  readonly count: number;
  readonly sum: number;
  /** How many were at most this, by the bound as it is written; only of a histogram without labels. */
  readonly buckets: ReadonlyMap<string, number>;
}

/** What a worker has counted so far; zeros before the first observation. `labels` as they are written. */
export async function readHistogram(
  { url }: Pick<BenchWorker, "url">,
  name: string,
  labels = "",
): Promise<HistogramValues> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const valueOf = (series: string) =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${series}${labels} `))
        ?.split(" ")[1] ?? 0,
    );
  const bounds = [...text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\d+)$`, "gm"))];
  return {
    count: valueOf(`${name}_count`),
    sum: valueOf(`${name}_sum`),
    buckets: new Map(bounds.map(([, bound = "", count]) => [bound, Number(count)])),
  };
}
