import type { ApiDeps } from "../deps.ts";
import type { App } from "../app-type.ts";
import { checkReadiness } from "../check-readiness.ts";

/** For whoever runs the process: alive, ready, and how it fares. None of them asks for a key. */
export function registerHealthRoutes(app: App, deps: ApiDeps): void {
  const schema = { hide: true };
  const readiness = checkReadiness(deps);
  app.get("/healthz", { schema }, async () => ({ ok: true }));
  app.get("/readyz", { schema }, async (_request, reply) => {
    const answer = await readiness();
    return reply.code(answer.ready ? 200 : 503).send(answer);
  });
  app.get("/metrics", { schema }, async (_request, reply) =>
    reply.type(deps.metrics.contentType).send(await deps.metrics.text()),
  );
}
