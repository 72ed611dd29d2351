import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Html } from "../html.ts";
import { createVisits } from "../create-visits.ts";
import { asVisited, findJob, type Job } from "../job-catalogue.ts";
import { pause } from "../pause.ts";
import type { SiteDeps } from "../site-deps.ts";
import { bundleClient, type ClientBundle } from "./bundle-client.ts";
import { referralSources } from "./greenhouse-form.ts";
import { applicationPage, assetsPath, closedPage, missingPage } from "./greenhouse-page.ts";
import { createUploads } from "./create-uploads.ts";
import { type SubmitBody, submitBodySchema } from "./submit-body.ts";
import { takeApplication } from "./take-application.ts";
import { takeUpload } from "./take-upload.ts";

interface JobParams {
  readonly board: string;
  readonly job: string;
}

const referralSourcesDelayMs = 400;

/** A one-page React form as the current Greenhouse boards have it. */
export function registerGreenhouse(app: FastifyInstance, deps: SiteDeps): void {
  const uploads = createUploads();
  const visits = createVisits();
  let bundle: ClientBundle | undefined;
  const getBundle = (): ClientBundle => (bundle ??= bundleClient());

  app.get(`${assetsPath}/app.js`, async (_request, reply) => {
    return await reply.type("text/javascript; charset=utf-8").send(getBundle().script);
  });
  app.get(`${assetsPath}/app.css`, async (_request, reply) => {
    return await reply.type("text/css; charset=utf-8").send(getBundle().styles);
  });
  app.get("/greenhouse/referral-sources", async () => {
    await pause(referralSourcesDelayMs, deps.stopping);
    return referralSources;
  });

  const base = "/greenhouse/:board/jobs/:job";
  app.get<{ Params: JobParams }>(base, async (request, reply) => {
    const job = findJob(request.params.job);
    const visited = job && asVisited(job, visits.add(job, request, reply));
    return await showApplication(request, reply, visited);
  });
  app.get<{ Params: JobParams }>(`${base}/confirmation`, async (request, reply) => {
    return await showApplication(request, reply, findJob(request.params.job));
  });
  app.post<{ Params: { board: string } }>("/greenhouse/:board/uploads", async (request, reply) => {
    const { board } = request.params;
    const isOpen = (name: string) => findJob(name)?.variant.isClosed === false;
    const result = await takeUpload({ ledger: deps.ledger, uploads, isOpen }, { request, board });
    return await reply.code(result.kind === "uploaded" ? 201 : 422).send(result);
  });
  app.post<{ Params: JobParams; Body: SubmitBody }>(
    `${base}/applications`,
    { schema: { body: submitBodySchema } },
    async (request, reply) => {
      const job = findJob(request.params.job);
      if (!job) return await reply.code(404).send({ kind: "error", message: "No such job" });
      return await takeApplication({ ...deps, uploads }, { request, reply, job });
    },
  );
}

async function showApplication(
  request: FastifyRequest<{ Params: JobParams }>,
  reply: FastifyReply,
  job: Job | undefined,
): Promise<unknown> {
  const page = job ? pageOf(request.params.board, job) : missingPage();
  return await reply
    .code(job ? 200 : 404)
    .type("text/html; charset=utf-8")
    .send(page.markup);
}

function pageOf(board: string, job: Job): Html {
  return job.variant.isClosed ? closedPage(job) : applicationPage(board, job);
}
