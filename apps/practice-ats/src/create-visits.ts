import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

import type { FormVisit, Job } from "./job-catalogue.ts";

/** Who opened the form of each job, and how often. */
export interface Visits {
  /** Counts one more and gives the browser a cookie to be known by. */
  add(job: Job, request: FastifyRequest, reply: FastifyReply): FormVisit;
  last(job: Job): FormVisit;
}

/** Kept in memory: a server that starts again counts anew. */
export function createVisits(): Visits {
  const visits = new Map<string, FormVisit>();
  // As long as a site's own, so that it is known again wherever it should not be.
  const value = randomBytes(16).toString("hex");
  const last = ({ name }: Job) => visits.get(name) ?? { number: 0, isKnown: false };
  return {
    last,
    add(job, request, reply) {
      const cookie = `visited-${job.name}=${value}`;
      const isKnown = request.headers.cookie?.split("; ").includes(cookie) ?? false;
      const visit = { number: last(job).number + 1, isKnown };
      visits.set(job.name, visit);
      reply.header("set-cookie", `${cookie}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax`);
      return visit;
    },
  };
}
