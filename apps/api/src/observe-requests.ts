import type { Metrics } from "@valet/runtime";
import type { App } from "./app-type.ts";

/** Counts, times and logs every answer by the pattern of its route; an address can hold data. */
export function observeRequests(app: App, metrics: Metrics): void {
  const answers = metrics.histogram({
    name: "valet_http_request_seconds",
    help: "Time from request to the end of its answer",
    labels: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "(none)";
    const { method } = request;
    const { statusCode: status, elapsedTime: ms } = reply;
    answers.observe({ method, route, status: String(status) }, ms / 1000);
    request.log.debug({ method, route, status, ms: Math.round(ms) }, "request answered");
  });
}
