import type { FastifyReply, FastifyRequest } from "fastify";

/** By then a service that was restarted answers again. */
export const retryAfterSeconds = 5;

/** A hook that says with every 503 when to come again. */
export async function sayWhenToRetry(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.statusCode !== 503 || reply.hasHeader("retry-after")) return;
  void reply.header("retry-after", retryAfterSeconds);
}
