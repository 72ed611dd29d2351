import { expect, test } from "vitest";
import { createMetrics } from "./create-metrics.ts";

test("metrics appear in the Prometheus text with their labels", async () => {
  const metrics = createMetrics();
  metrics
    .counter({ name: "tasks_total", help: "Tasks.", labels: ["mode"] })
    .inc({ mode: "copilot" });
  metrics.histogram({ name: "step_seconds", help: "Steps.", buckets: [0.1, 1] }).observe(0.5);
  metrics.gauge({ name: "sessions", help: "Live browsers.", collect: (gauge) => gauge.set(3) });

  const text = await metrics.text();

  expect(metrics.contentType).toContain("text/plain");
  expect(text).toContain('tasks_total{mode="copilot"} 1');
  expect(text).toContain('step_seconds_bucket{le="1"} 1');
  expect(text).toContain("sessions 3");
});

test("two registries share nothing", async () => {
  const first = createMetrics();
  const second = createMetrics();
  first.counter({ name: "rings_total", help: "Rings." }).inc();
  second.counter({ name: "rings_total", help: "Rings." });

  expect(await first.text()).toContain("rings_total 1");
  expect(await second.text()).toContain("rings_total 0");
});
