import type { FastifyReply } from "fastify";

/**
 * Aborted when the connection closes, answered or not. (`request.signal` is aborted as soon as a
 * body has been read to its end.)
 */
export function callerGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  if (reply.raw.destroyed) gone.abort();
  else reply.raw.once("close", () => gone.abort());
  return gone.signal;
}
