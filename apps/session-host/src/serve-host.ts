import { createHash, timingSafeEqual } from "node:crypto";
import { type IncomingMessage, createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { OpenDisplayQuery, type RelayHub, createDisplayDoor } from "@valet/browser";
import { type Problem, ValetError } from "@valet/contracts";
import type { Logger, Metrics, Secret } from "@valet/runtime";
import { type FastifyInstance, type FastifyRequest, fastify } from "fastify";
import {
  type ZodTypeProvider,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import { asValetError, problemOf } from "./host-errors.ts";
import { type SessionRoutesDeps, sessionRoutes } from "./session-routes.ts";

export interface ListenInput {
  /** An address of this machine; anything but loopback needs `tls`. */
  readonly address: string;
  /** 0: any free one. */
  readonly port: number;
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

export interface ServeHostDeps extends SessionRoutesDeps {
  readonly token: Secret;
  readonly hub: RelayHub;
  readonly metrics: Metrics;
  /** What is missing before sessions can be served; empty when nothing is. */
  readonly missing: () => Promise<string[]>;
  readonly log: Logger;
}

/**
 * The host's only door: its protocol, the relays of all sessions, health and metrics. Returns the
 * address it listens on.
 *
 * @throws ValetError `PORT_TAKEN`.
 */
export async function serveHost(
  deps: ServeHostDeps,
  input: ListenInput,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = createApp(deps, input);
  const door = createDisplayDoor({ admit: (request) => admitViewer(deps, request), log: deps.log });
  app.server.on("upgrade", (request, socket, head) => {
    const { onUpgrade } = displayPath.test(request.url ?? "") ? door : deps.hub;
    onUpgrade(request, socket, head);
  });
  const { address, port, tls } = input;
  await listen(app, { host: address, port });
  const bound = app.server.address();
  const boundPort = typeof bound === "object" && bound !== null ? bound.port : port;
  const scheme = tls === undefined ? "http" : "https";
  const host = address.includes(":") ? `[${address}]` : address;
  return {
    url: `${scheme}://${host}:${boundPort}`,
    async close() {
      door.close();
      deps.hub.close();
      await app.close();
    },
  };
}

function createApp(deps: ServeHostDeps, { tls }: ListenInput): FastifyInstance {
  const { token, hub, metrics, missing, log } = deps;
  const app = fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    serverFactory: (handler) =>
      tls === undefined ? createHttpServer(handler) : createHttpsServer({ ...tls }, handler),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((thrown, _request, reply) => {
    const error = asValetError(thrown);
    if (error.kind === "bug") log.error({ err: error }, "a request failed");
    return reply.code(error.status).send(problemOf(error));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({
      code: "NOT_FOUND",
      message: "The session host has no such route.",
    } satisfies Problem),
  );
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const waitingFor = await missing();
    const ready = waitingFor.length === 0;
    return reply.code(ready ? 200 : 503).send(ready ? { ready } : { ready, waitingFor });
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  // Its ticket is all a client of the relay has to show.
  app.get("/relay/*", (request, reply) => {
    reply.hijack();
    hub.onRequest(request.raw, reply.raw);
  });
  void app.register(async (guarded) => {
    guarded.addHook("onRequest", requireToken(token));
    await guarded.withTypeProvider<ZodTypeProvider>().register(sessionRoutes(deps));
  });
  return app;
}

/** `/sessions/ID/display?…` */
const displayPath = /^\/sessions\/([\w-]+)\/display(?:\?|$)/;

/** The same checks as for an attach; the token is in the header, the rest in the query. */
function admitViewer({ token, registry }: ServeHostDeps, { url = "", headers }: IncomingMessage) {
  if (!isToken(token, headers.authorization)) throw noToken();
  const { pathname, searchParams } = new URL(url, "http://host");
  const query = OpenDisplayQuery.safeParse(Object.fromEntries(searchParams));
  const [, sessionId = ""] = displayPath.exec(pathname) ?? [];
  if (query.success) return registry.show(sessionId, query.data);
  throw new ValetError("VALIDATION", "A display is opened with `taskId` and `userId`.");
}

function requireToken(token: Secret): (request: FastifyRequest) => Promise<void> {
  return async ({ headers }) => {
    if (!isToken(token, headers.authorization)) throw noToken();
  };
}

function isToken(token: Secret, shown: string | undefined): boolean {
  return timingSafeEqual(digest(shown ?? ""), digest(`Bearer ${token.reveal()}`));
}

function noToken(): ValetError {
  return new ValetError(
    "UNAUTHORIZED",
    "The session host did not get its token. Give the caller the same VALET_SESSION_HOST_TOKEN.",
  );
}

/** Equal lengths for the comparison, whatever was sent. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

async function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<void> {
  try {
    await app.listen(at);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new ValetError(
      "PORT_TAKEN",
      `Port ${at.port} is in use by another program, so the session host cannot listen there. Set VALET_SESSION_HOST_PORT to a free port, or to 0 for any.`,
      { port: at.port },
      { cause: error },
    );
  }
}
