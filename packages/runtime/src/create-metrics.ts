import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export type { Counter, Gauge, Histogram } from "prom-client";

interface MetricInput<Label extends string> {
  readonly name: string;
  readonly help: string;
  /** Label names. Never an id or anything of a person: each value is a time series of its own. */
  readonly labels?: readonly Label[];
}

export interface HistogramInput<Label extends string> extends MetricInput<Label> {
  /** Upper bounds, ascending, in the metric's unit. */
  readonly buckets?: readonly number[];
}

export interface GaugeInput<Label extends string> extends MetricInput<Label> {
  /** Called at each scrape to set the gauge. */
  readonly collect?: (gauge: Gauge<Label>) => void | Promise<void>;
}

export interface Metrics {
  readonly counter: <Label extends string = never>(input: MetricInput<Label>) => Counter<Label>;
  readonly histogram: <Label extends string = never>(
    input: HistogramInput<Label>,
  ) => Histogram<Label>;
  readonly gauge: <Label extends string = never>(input: GaugeInput<Label>) => Gauge<Label>;
  /** The `Content-Type` of `text()`. */
  readonly contentType: string;
  /** All metrics in the Prometheus text format. */
  readonly text: () => Promise<string>;
}

/** A registry of its own. With `processMetrics` it also holds memory, CPU and event loop delay. */
export function createMetrics(options: { readonly processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (options.processMetrics === true) collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counter: ({ name, help, labels = [] }) =>
      new Counter({ name, help, labelNames: labels, registers: [registry] }),
    histogram: ({ name, help, labels = [], buckets }) =>
      new Histogram({
        name,
        help,
        labelNames: labels,
        registers: [registry],
        ...(buckets === undefined ? {} : { buckets: [...buckets] }),
      }),
    gauge: <Label extends string>({ name, help, labels = [], collect }: GaugeInput<Label>) =>
      new Gauge<Label>({
        name,
        help,
        labelNames: labels,
        registers: [registry],
        ...(collect === undefined
          ? {}
          : {
              collect() {
                return collect(this);
              },
            }),
      }),
  };
}
