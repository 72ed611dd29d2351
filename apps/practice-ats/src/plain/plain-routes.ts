import { join } from "node:path";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { createVisits } from "../create-visits.ts";
import { asVisited, findJob } from "../job-catalogue.ts";
import type { LedgerLine } from "../ledger.ts";
import type { SiteDeps } from "../site-deps.ts";
import { showContact, takeContact } from "./contact-step.ts";
import { createDrafts } from "./create-drafts.ts";
import { closedPage, missingPage, postingPage, tooManyPage } from "./plain-pages.ts";
import { jobPath } from "./plain-paths.ts";
import { showQuestions, takeQuestions } from "./questions-step.ts";
import { showReview, showThanks, takeApplication } from "./review-step.ts";
import { readFields, record, show, type DraftVisit, type Visit } from "./visit.ts";

interface Params {
  readonly job: string;
}

/** The ledger kind of a route that takes something; the others only show a page. */
type Purpose = LedgerLine["kind"] | "show";

/** A multi-page site of plain HTML forms that needs no JavaScript, one odd widget aside. */
export function registerPlain(app: FastifyInstance, deps: SiteDeps): void {
  const drafts = createDrafts();
  const visits = createVisits();

  function visit(purpose: Purpose, handle: (visit: Visit) => Promise<unknown>) {
    return async (request: FastifyRequest<{ Params: Params }>, reply: FastifyReply) => {
      const job = findJob(request.params.job);
      if (!job) return await show(reply, missingPage(), 404);
      const here = { deps, drafts, visits, request, reply, job };
      if (job.variant.turnsAway) {
        return await show(reply.header("retry-after", "90"), tooManyPage(), 429);
      }
      if (!job.variant.isClosed) return await handle(here);
      if (purpose !== "show") await record(here, { kind: purpose, stored: false, fields: {} });
      return await show(reply, closedPage(job));
    };
  }

  function draftVisit(purpose: Purpose, handle: (visit: DraftVisit) => Promise<unknown>) {
    return visit(purpose, async (here) => {
      const draft = drafts.find(here.job.name, readFields(here.request.params)["draft"] ?? "");
      if (draft) return await handle({ ...here, draft, job: asVisited(here.job, draft.visit) });
      if (purpose !== "show") await record(here, { kind: purpose, stored: false, fields: {} });
      return await here.reply.redirect(`${jobPath(here.job)}/apply`, 303);
    });
  }

  let oddList: string | undefined;
  app.get("/plain/odd-list.js", async (_request, reply) => {
    oddList ??= bundleScript(join(import.meta.dirname, "client/odd-list.ts"));
    return await reply.type("text/javascript").send(oddList);
  });

  const base = "/plain/jobs/:job";
  const contact = `${base}/apply/:draft/contact`;
  const questions = `${base}/apply/:draft/questions`;
  const review = `${base}/apply/:draft/review`;
  app.get(
    base,
    visit("show", async ({ reply, job }) => await show(reply, postingPage(job))),
  );
  app.get(`${base}/apply`, visit("show", showContact));
  app.post(`${base}/apply`, visit("step", takeContact));
  app.get(contact, draftVisit("show", showContact));
  app.post(contact, draftVisit("step", takeContact));
  app.get(questions, draftVisit("show", showQuestions));
  app.post(questions, draftVisit("upload", takeQuestions));
  app.get(review, draftVisit("show", showReview));
  app.post(review, draftVisit("application", takeApplication));
  app.get(`${base}/thanks`, visit("show", showThanks));
}
