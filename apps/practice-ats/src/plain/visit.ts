import type { FastifyReply, FastifyRequest } from "fastify";

import { applicantKey } from "../applicant-key.ts";
import type { Html } from "../html.ts";
import type { Visits } from "../create-visits.ts";
import type { Job } from "../job-catalogue.ts";
import type { LedgerLine } from "../ledger.ts";
import type { SiteDeps } from "../site-deps.ts";
import type { Draft, Drafts } from "./create-drafts.ts";

/** One request for an open job. */
export interface Visit {
  readonly deps: SiteDeps;
  readonly drafts: Drafts;
  readonly visits: Visits;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly job: Job;
}

export interface DraftVisit extends Visit {
  readonly draft: Draft;
}

export async function record(
  { deps, request, job }: Visit,
  line: Omit<LedgerLine, "site" | "job" | "requestId">,
): Promise<void> {
  await deps.ledger.append({
    site: "plain",
    job: job.name,
    requestId: request.id,
    applicantKey: applicantKey(line.fields),
    ...line,
  });
}

export async function show(reply: FastifyReply, page: Html, status = 200): Promise<unknown> {
  return await reply.code(status).type("text/html; charset=utf-8").send(page.markup);
}

/** The text members of a parsed form, query or path. */
export function readFields(parsed: unknown): Record<string, string> {
  const entries = typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
