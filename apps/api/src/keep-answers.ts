import { createHash } from "node:crypto";
import { ValetError } from "@valet/contracts";
import { beginKeyedRequest, forgetKeyedRequest, keepAnswer } from "@valet/db";
import { canonicalJson } from "@valet/domain";
import type { FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { App } from "./app-type.ts";
import { personOf } from "./identity/person.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    keepsAnswer?: true;
  }
}

interface Try {
  readonly key: string;
  readonly tryId: string;
}

/**
 * Where the route says so, a request with an `Idempotency-Key` does its work once: sent again it gets the
 * answer of the first, marked `Idempotency-Replayed`; with another body it is refused, and so is one that
 * comes while the first is at work. What failed on our side is not kept, nor that it came too soon, so that it can be tried again.
 */
export function keepAnswers(app: App): void {
  const tries = new WeakMap<FastifyRequest, Try>();

  app.addHook("onRoute", (route: RouteOptions & { readonly keepsAnswer?: true }) => {
    if (route.keepsAnswer === true) route.config = { ...route.config, keepsAnswer: true };
  });

  app.addHook("preHandler", async (request, reply) => {
    const key = keyOf(request);
    if (key === undefined) return undefined;
    const { user, db } = personOf(request);
    const requestHash = hashOf(request);
    const start = await beginKeyedRequest(db, { userId: user.id, key, requestHash });
    switch (start.kind) {
      case "begun":
        tries.set(request, { key, tryId: start.tryId });
        return undefined;
      case "answered":
        return answerAgain(reply, start);
      case "under_way":
        reply.header("retry-after", "1");
        throw inUse();
      case "other_request":
        throw reused();
    }
  });

  app.addHook("onSend", async (request, reply, payload) => {
    const begun = tries.get(request);
    if (begun === undefined) return payload;
    tries.delete(request);
    const { user, db } = personOf(request);
    const ended = { userId: user.id, ...begun };
    const { statusCode: status } = reply;
    try {
      const isForLater = status >= 500 || status === 429;
      if (isForLater || typeof payload !== "string") await forgetKeyedRequest(db, ended);
      else await keepAnswer(db, { ...ended, status, body: payload });
    } catch (error) {
      // What was done is done; the same request is refused until its try is given up.
      request.log.warn({ err: error }, "the answer to a request with a key was not kept");
    }
    return payload;
  });
}

function answerAgain(
  reply: FastifyReply,
  { status, body }: { readonly status: number; readonly body: string },
): FastifyReply {
  // As it was sent: already checked and written out then.
  return reply
    .code(status)
    .header("idempotency-replayed", "true")
    .type("application/json; charset=utf-8")
    .serializer((text: string) => text)
    .send(body);
}

function keyOf({ routeOptions, headers }: FastifyRequest): string | undefined {
  const key = headers["idempotency-key"];
  return routeOptions.config.keepsAnswer === true && typeof key === "string" ? key : undefined;
}

function hashOf({ method, url, body }: FastifyRequest): string {
  const request = canonicalJson({ method, url, body: body ?? null });
  return createHash("sha256").update(request).digest("hex");
}

function inUse(): ValetError {
  return new ValetError(
    "IDEMPOTENCY_KEY_IN_USE",
    "The same request is being worked on. Nothing more was done. Send it again in a moment to get its answer.",
  );
}

function reused(): ValetError {
  return new ValetError(
    "IDEMPOTENCY_KEY_REUSED",
    "This Idempotency-Key was used for another request. Nothing was done. Use a new key for a new request.",
  );
}
