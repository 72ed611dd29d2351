import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import { maxResumeBytes } from "@valet/contracts";
import Fastify, { type FastifyBaseLogger, LogController, type RouteOptions } from "fastify";
import {
  type ZodTypeProvider,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import type { App } from "./app-type.ts";
import { cutIdleConnectionsOnClose } from "./cut-idle-connections.ts";
import { serveConsole } from "./console/serve-console.ts";
import type { ApiDeps } from "./deps.ts";
import { createErrorHandler, createNotFoundHandler } from "./error-handler.ts";
import { noteAccess, requireScope } from "./identity/access.ts";
import { authenticate } from "./identity/authenticate.ts";
import { limitRates } from "./identity/rate-limits.ts";
import { keepAnswers } from "./keep-answers.ts";
import { createLiveGateway } from "./live/live-gateway.ts";
import { registerLivePage } from "./live/live-page.ts";
import { registerOpenApi } from "./open-api.ts";
import { sayWhenToRetry } from "./say-when-to-retry.ts";
import { observeRequests } from "./observe-requests.ts";
import { createEventSocket } from "./progress/event-socket.ts";
import { createLogHub } from "./progress/log-hub.ts";
import { createOpenStreams } from "./progress/open-streams.ts";
import { refuseUnstorableText } from "./refuse-unstorable-text.ts";
import { registerAccountRoutes } from "./routes/account-routes.ts";
import { registerAdminRoutes } from "./routes/admin-routes.ts";
import { registerAnswerRoutes } from "./routes/answer-routes.ts";
import { registerApiKeyRoutes } from "./routes/api-key-routes.ts";
import { registerBatchRoutes } from "./routes/batch-routes.ts";
import { registerEventRoutes } from "./routes/event-routes.ts";
import { registerFileRoutes, registerLinkRoutes } from "./routes/file-routes.ts";
import { registerHealthRoutes } from "./routes/health-routes.ts";
import { registerLimitRoutes } from "./routes/limit-routes.ts";
import { registerLoginRoutes } from "./routes/login-routes.ts";
import { registerOperationRoutes } from "./routes/operation-routes.ts";
import { registerPreviewRoutes } from "./routes/preview-routes.ts";
import { registerProfileRoutes } from "./routes/profile-routes.ts";
import { registerReceiptRoutes } from "./routes/receipt-routes.ts";
import { registerResumeRoutes } from "./routes/resume-routes.ts";
import { registerRunRoutes } from "./routes/run-routes.ts";
import { registerScheduleRoutes } from "./routes/schedule-routes.ts";
import { registerTakeoverRoutes } from "./routes/takeover-routes.ts";
import { registerTaskRoutes } from "./routes/task-routes.ts";
import { registerWebhookRoutes } from "./routes/webhook-routes.ts";
import { serveSockets } from "./serve-sockets.ts";

const bodyLimitBytes = 1024 * 1024;
/** For receiving a whole request, in milliseconds; an answer may take as long as it likes. */
const requestTimeoutMs = 60_000;
/** In characters: the token of a link is the longest. */
const longestParam = 4_000;

/**
 * The HTTP application over its deps, ready for `listen` or `inject`; `close()` ends live streams.
 * `onRoute` is told of every route there is, and `onSocket` of the path of every WebSocket.
 */
export async function createApp(
  deps: ApiDeps,
  {
    onRoute,
    onSocket = () => {},
  }: {
    readonly onRoute?: (route: RouteOptions) => void;
    readonly onSocket?: (path: string) => void;
  } = {},
): Promise<App> {
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
    routerOptions: { maxParamLength: longestParam },
    frameworkErrors: handleError,
    genReqId: () => crypto.randomUUID(),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(createNotFoundHandler());
  if (onRoute !== undefined) app.addHook("onRoute", onRoute);
  observeRequests(app, deps.metrics);
  app.addHook("onSend", sayWhenToRetry);
  cutIdleConnectionsOnClose(app);

  await app.register(helmet, { contentSecurityPolicy: apiContentPolicy });
  await app.register(multipart, {
    limits: { fileSize: maxResumeBytes, files: 1, fields: 8, fieldSize: 4096 },
  });
  await app.register(cookie);
  await registerOpenApi(app);
  registerHealthRoutes(app, deps);
  registerFileRoutes(app, deps);
  registerLivePage(app);
  serveConsole(app, deps.consoleFiles);
  const { doorbell, log: logger } = deps;
  const { db } = deps.database;
  const hub = createLogHub({ db, doorbell, log: logger });
  const streams = createOpenStreams({ db, log: logger }, deps.maxStreamsPerPerson);
  app.addHook("onClose", async () => {
    hub.close();
    streams.close();
  });
  const sockets = {
    "/live": createLiveGateway({ ...deps, streams }),
    "/ws": createEventSocket({ api: deps, hub, streams }),
  };
  serveSockets(app, logger, sockets);
  Object.keys(sockets).forEach(onSocket);
  await app.register(async (scope: App) => {
    scope.addHook("onRoute", noteAccess);
    scope.addHook("onRequest", authenticate(deps));
    scope.addHook("onRequest", requireScope);
    scope.addHook("preHandler", refuseUnstorableText);
    await limitRates(scope, deps.requestsPerMinute);
    keepAnswers(scope);
    registerTaskRoutes(scope, deps);
    registerLimitRoutes(scope, deps);
    registerBatchRoutes(scope, deps);
    registerPreviewRoutes(scope, deps);
    registerTakeoverRoutes(scope, deps);
    registerRunRoutes(scope, deps);
    registerEventRoutes(scope, { ...deps, hub, streams });
    registerReceiptRoutes(scope, deps);
    registerResumeRoutes(scope, deps);
    registerLinkRoutes(scope, deps);
    registerProfileRoutes(scope);
    registerAnswerRoutes(scope);
    registerApiKeyRoutes(scope);
    registerLoginRoutes(scope, deps);
    registerScheduleRoutes(scope, deps);
    registerWebhookRoutes(scope, deps);
    registerAccountRoutes(scope, deps);
    registerAdminRoutes(scope, deps);
    registerOperationRoutes(scope, deps);
  });
  return app;
}

/** Answers are data: nothing in them may load or run anything. Pages of ours widen it themselves. */
const apiContentPolicy = {
  useDefaults: false,
  directives: { "default-src": ["'none'"], "frame-ancestors": ["'none'"] },
};
