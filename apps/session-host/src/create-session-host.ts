import { createHash, timingSafeEqual } from "node:crypto";
import { type Problem, ValetError, toValetError } from "@valet/contracts";
import type { Logger, Secret } from "@valet/runtime";
import { type FastifyInstance, type FastifyRequest, fastify } from "fastify";
import {
  type ZodTypeProvider,
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import { createBrowserLedger } from "./create-browser-ledger.ts";
import { type Fences, createMemoryFences } from "./create-memory-fences.ts";
import { type SessionRegistry, createSessionRegistry } from "./create-session-registry.ts";
import { type BrowserSettings, openSession } from "./open-session.ts";
import { sessionRoutes } from "./session-routes.ts";
import { sweepEndedTasks } from "./sweep-ended-tasks.ts";

export interface SessionHostDeps {
  readonly log: Logger;
  readonly token: Secret;
  /** 0: any free one. */
  readonly port: number;
  readonly stateDir: string;
  readonly maxSessions: number;
  readonly settings: BrowserSettings;
  /** In memory unless given. */
  readonly fences?: Fences;
  /** Of these tasks, those that have ended; their sessions are closed. Nobody asks unless given. */
  readonly endedTasks?: (taskIds: string[]) => Promise<string[]>;
  readonly sweepIntervalMs?: number;
}

export interface SessionHost {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Refuses new sessions, closes all browsers, then stops listening. */
  close(): Promise<void>;
}

const sweepIntervalMsByDefault = 2_000;

/**
 * The process that owns browsers: clears away what a dead predecessor left, then serves workers.
 *
 * @throws ValetError `PORT_TAKEN`.
 */
export async function createSessionHost(deps: SessionHostDeps): Promise<SessionHost> {
  const { log, settings, endedTasks } = deps;
  const ledger = await createBrowserLedger({ stateDir: deps.stateDir, log });
  await ledger.reapOrphans();
  const registry = createSessionRegistry({
    open: (input, signal) => openSession({ settings, ledger, log }, input, signal),
    fences: deps.fences ?? createMemoryFences(),
    maxSessions: deps.maxSessions,
    log,
  });
  const app = createApp(deps, registry);
  const url = await listen(app, deps.port);
  const intervalMs = deps.sweepIntervalMs ?? sweepIntervalMsByDefault;
  const sweep =
    endedTasks === undefined
      ? undefined
      : sweepEndedTasks({ registry, endedTasks, intervalMs, log });
  return {
    url,
    async close() {
      await sweep?.close();
      await registry.close();
      await app.close();
    },
  };
}

function createApp({ token, log }: SessionHostDeps, registry: SessionRegistry): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: 64 * 1024, forceCloseConnections: true });
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
  app.get("/readyz", async () => ({ status: "ok", sessions: registry.liveTaskIds().length }));
  void app.register(async (guarded) => {
    guarded.addHook("onRequest", requireToken(token));
    await guarded.withTypeProvider<ZodTypeProvider>().register(sessionRoutes(registry));
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

function asValetError(thrown: unknown): ValetError {
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const fields = thrown.validation.map((issue) => issue.instancePath);
    return new ValetError(
      "VALIDATION",
      "The request to the session host is not as its protocol wants it.",
      { part: thrown.validationContext, fields },
    );
  }
  if (!(thrown instanceof Error) || !("statusCode" in thrown)) return toValetError(thrown);
  const cause = { cause: thrown };
  if (thrown.statusCode === 400) {
    return new ValetError("MALFORMED_JSON", "The request's body is not JSON.", {}, cause);
  }
  if (thrown.statusCode === 413) {
    return new ValetError("PAYLOAD_TOO_LARGE", "The request's body is too large.", {}, cause);
  }
  if (thrown.statusCode === 415) {
    return new ValetError("UNSUPPORTED_MEDIA_TYPE", "The request's body is not JSON.", {}, cause);
  }
  return toValetError(thrown);
}

function problemOf(error: ValetError): Problem {
  const { code, message, details } = error;
  return { code, message, details: { ...details } };
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host: "127.0.0.1", port });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new ValetError(
      "PORT_TAKEN",
      `Port ${port} is in use by another program, so the session host cannot listen there. Set VALET_SESSION_HOST_PORT to a free port, or to 0 for any.`,
      { port },
      { cause: error },
    );
  }
}
