import { createHash, timingSafeEqual } from "node:crypto";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { RelayHub } from "@valet/browser";
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
  app.server.on("upgrade", deps.hub.onUpgrade);
  const { address, port, tls } = input;
  await listen(app, { host: address, port });
  const bound = app.server.address();
  const boundPort = typeof bound === "object" && bound !== null ? bound.port : port;
  const scheme = tls === undefined ? "http" : "https";
  const host = address.includes(":") ? `[${address}]` : address;
  return {
    url: `${scheme}://${host}:${boundPort}`,
    async close() {
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

function requireToken(token: Secret): (request: FastifyRequest) => Promise<void> {
  const expected = digest(`Bearer ${token.reveal()}`);
  return async ({ headers }) => {
    if (timingSafeEqual(digest(headers.authorization ?? ""), expected)) return;
    throw new ValetError(
      "UNAUTHORIZED",
      "The session host did not get its token. Give the caller the same VALET_SESSION_HOST_TOKEN.",
    );
  };
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
