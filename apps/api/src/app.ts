import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import { maxResumeBytes } from "@valet/contracts";
import Fastify, { type FastifyBaseLogger, LogController } from "fastify";
import {
  type ZodTypeProvider,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import type { App } from "./app-type.ts";
import { requireApiKey } from "./authentication.ts";
import { cutIdleConnectionsOnClose } from "./cut-idle-connections.ts";
import type { ApiDeps } from "./deps.ts";
import { createErrorHandler, createNotFoundHandler } from "./error-handler.ts";
import { serveLiveGateway } from "./live/live-gateway.ts";
import { registerLivePage } from "./live/live-page.ts";
import { registerOpenApi } from "./open-api.ts";
import { observeRequests } from "./observe-requests.ts";
import { refuseUnstorableText } from "./refuse-unstorable-text.ts";
import { registerAccountRoutes } from "./routes/account-routes.ts";
import { registerAdminRoutes } from "./routes/admin-routes.ts";
import { registerEventRoutes } from "./routes/event-routes.ts";
import { registerHealthRoutes } from "./routes/health-routes.ts";
import { registerProfileRoutes } from "./routes/profile-routes.ts";
import { registerReceiptRoutes } from "./routes/receipt-routes.ts";
import { registerResumeRoutes } from "./routes/resume-routes.ts";
import { registerRunRoutes } from "./routes/run-routes.ts";
import { registerTakeoverRoutes } from "./routes/takeover-routes.ts";
import { registerTaskRoutes } from "./routes/task-routes.ts";
import { registerWebhookRoutes } from "./routes/webhook-routes.ts";

const bodyLimitBytes = 1024 * 1024;
/** For receiving a whole request, in milliseconds; an answer may take as long as it likes. */
const requestTimeoutMs = 60_000;

/** The HTTP application over its deps, ready for `listen` or `inject`; `close()` ends live streams. */
export async function createApp(deps: ApiDeps): Promise<App> {
  const log: FastifyBaseLogger = deps.log;
  const handleError = createErrorHandler();
  const app = Fastify({
    loggerInstance: log,
    // An address can hold data; observeRequests logs the pattern of the route.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: "requestId",
    }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    frameworkErrors: handleError,
    genReqId: () => crypto.randomUUID(),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(createNotFoundHandler());
  observeRequests(app, deps.metrics);
  cutIdleConnectionsOnClose(app);

  await app.register(helmet, { contentSecurityPolicy: apiContentPolicy });
  await app.register(multipart, {
    limits: { fileSize: maxResumeBytes, files: 1, fields: 8, fieldSize: 4096 },
  });
  await registerOpenApi(app);
  registerHealthRoutes(app, deps);
  registerLivePage(app);
  serveLiveGateway(app, deps);
  await app.register(async (scope: App) => {
    scope.addHook("onRequest", requireApiKey(deps.database.db));
    scope.addHook("preHandler", refuseUnstorableText);
    registerTaskRoutes(scope, deps);
    registerTakeoverRoutes(scope, deps);
    registerRunRoutes(scope, deps);
    registerEventRoutes(scope, deps);
    registerReceiptRoutes(scope, deps);
    registerResumeRoutes(scope, deps);
    registerProfileRoutes(scope, deps);
    registerWebhookRoutes(scope, deps);
    registerAccountRoutes(scope, deps);
    registerAdminRoutes(scope, deps);
  });
  return app;
}

/** Answers are data: nothing in them may load or run anything. Pages of ours widen it themselves. */
const apiContentPolicy = {
  useDefaults: false,
  directives: { "default-src": ["'none'"], "frame-ancestors": ["'none'"] },
};
