import rateLimit from "@fastify/rate-limit";
import { ValetError } from "@valet/contracts";
import type { FastifyRequest } from "fastify";
import type { App } from "../app-type.ts";
import { accessOf } from "./access.ts";
import { personOf } from "./person.ts";

const minuteMs = 60_000;

/** For a route that asks nobody who they are: so many a minute from one address. */
export const loginLimit = { max: 30, timeWindow: minuteMs } as const;

/**
 * How much one person may ask in a minute, and one address where nobody knows who asks. Counted in this
 * process. Register after the hooks that find out who it is, before the routes.
 */
export async function limitRates(app: App, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: minuteMs,
    keyGenerator: (request) =>
      accessOf(request) === "public"
        ? `address ${request.ip}`
        : `person ${personOf(request).user.id}`,
    // Of these headers `Retry-After` alone is for everybody: how much is left is nobody's business but ours.
    addHeaders: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
    },
    addHeadersOnExceeding: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
    },
    errorResponseBuilder: (_request: FastifyRequest, { ttl }) => tooMany(Math.ceil(ttl / 1_000)),
  });
}

function tooMany(seconds: number): ValetError {
  return new ValetError(
    "RATE_LIMITED",
    `Too many requests came in the last minute. Nothing was done. Try again in ${seconds} seconds.`,
    { retryAfterSeconds: seconds },
  );
}
