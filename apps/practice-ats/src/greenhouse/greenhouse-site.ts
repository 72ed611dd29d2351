import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { pause } from "../pause.ts";
import { type SeededPosting, seededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed, seedOfNumber } from "../postings/seeds.ts";
import type { SiteDeps } from "../site-deps.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { originOf, queryOf, quirksOf, vendorHost } from "../vendor-hosts/host-names.ts";
import type { VendorSite } from "../vendor-hosts/vendor-site.ts";
import { companyPage, embedScript, embedScriptPath } from "./company-page.ts";
import { createUploads, type Uploads } from "./create-uploads.ts";
import { allFields } from "./form-sections.ts";
import { closedPage, missingPage, postingPage } from "./greenhouse-page.ts";
import { jobSchema } from "./job-schema.ts";
import { searchList } from "./search-lists.ts";
import { seededForm } from "./seeded-form.ts";
import { seededPostingPage } from "./seeded-posting-page.ts";
import { type SubmitBody, submitBodySchema } from "./submit-body.ts";
import { takeSeededApplication } from "./take-seeded-application.ts";
import { takeUpload } from "./take-upload.ts";

interface JobParams {
  readonly board: string;
  readonly job: string;
}

const boardsHost = "job-boards.greenhouse.io";
const companyHost = "careers.northwind-practice.com";
const lateMenuMs = 550;
const searchMs = 150;

/** The one-page React form of today's boards, hosted, framed by the employer, and as a schema. */
export const greenhouse: VendorSite = {
  name: "greenhouse",
  hosts: [
    boardsHost,
    "job-boards.eu.greenhouse.io",
    "boards.greenhouse.io",
    "boards-api.greenhouse.io",
    companyHost,
  ],
  quirks: [
    {
      name: "embed",
      description: "The board sends to the employer's page, which frames the form.",
    },
    {
      name: "code",
      description: "The submit is answered by a mailed code of eight characters.",
      outcome: "wall",
    },
    { name: "late-menus", description: "The options of a list come after it was opened." },
    { name: "rows", description: "Education and employment, one entry each and “Add another”." },
    { name: "hispanic-reveals-race", description: "One answer makes another question appear." },
    { name: "unpublished", description: "The page requires a question that is not published." },
    ...Object.values(commonQuirks),
  ],
  posting: (seed) => `${boardsHost}/northwind/jobs/${numberOfSeed(seed)}`,
  register,
};

function register(app: FastifyInstance, deps: SiteDeps): void {
  const uploads = createUploads();
  registerPages(app);
  registerLists(app, deps);
  registerSending(app, { ...deps, uploads });
}

function registerPages(app: FastifyInstance): void {
  const show = (request: FastifyRequest<{ Params: JobParams }>, reply: FastifyReply) =>
    showPosting(request, reply);
  app.get<{ Params: JobParams }>("/:board/jobs/:job", show);
  app.get<{ Params: JobParams }>("/:board/jobs/:job/confirmation", show);
  app.get("/embed/job_app", (request, reply) => showEmbedded(request, reply));
  app.get("/embed/job_app/confirmation", (request, reply) => showEmbedded(request, reply));
  app.get("/open-roles", (request, reply) => showCompanyPage(request, reply));
  app.get(embedScriptPath, (_request, reply) => reply.type("text/javascript").send(embedScript));
  app.get<{ Params: JobParams }>("/v1/boards/:board/jobs/:job", async (request, reply) => {
    const seeded = seededJob(request.params.job);
    if (seeded === undefined)
      return await reply.code(404).send({ status: 404, error: "Not found" });
    const form = seededForm(seeded, quirksOf(request));
    const path = `/${request.params.board}/jobs/${request.params.job}`;
    return jobSchema(seeded, { form, absoluteUrl: `${originOf(boardsHost, request)}${path}` });
  });
}

function registerLists(app: FastifyInstance, { stopping }: SiteDeps): void {
  app.get<{ Querystring: { list?: string; term?: string } }>(
    "/practice/search",
    async ({ query }) => {
      await pause(searchMs, stopping);
      return searchList(query.list ?? "", query.term ?? "");
    },
  );
  app.get<{ Params: JobParams; Querystring: { field?: string } }>(
    "/:board/jobs/:job/choices",
    async (request) => {
      await pause(lateMenuMs, stopping);
      const seeded = seededJob(request.params.job);
      const fields = seeded && allFields(seededForm(seeded, quirksOf(request)));
      return fields?.find(({ id }) => id === request.query.field)?.choices ?? [];
    },
  );
}

function registerSending(
  app: FastifyInstance,
  deps: SiteDeps & { readonly uploads: Uploads },
): void {
  app.post<{ Params: { board: string } }>("/:board/uploads", async (request, reply) => {
    const { board } = request.params;
    const isOpen = (job: string) => seededJob(job) !== undefined;
    const { ledger, uploads } = deps;
    const result = await takeUpload({ ledger, uploads, isOpen }, { request, board });
    return await reply.code(result.kind === "uploaded" ? 201 : 422).send(result);
  });
  app.post<{ Params: JobParams; Body: SubmitBody }>(
    "/:board/jobs/:job/applications",
    { schema: { body: submitBodySchema } },
    async (request, reply) => {
      const { board, job } = request.params;
      const seeded = seededJob(job);
      if (!seeded) return await reply.code(404).send({ kind: "error", message: "No such job" });
      const quirks = quirksOf(request);
      const form = seededForm(seeded, quirks);
      return await takeSeededApplication(deps, { request, reply, form, quirks, board, job });
    },
  );
}

async function showPosting(
  request: FastifyRequest<{ Params: JobParams }>,
  reply: FastifyReply,
): Promise<unknown> {
  const { board, job } = request.params;
  const query = queryOf(request);
  if (vendorHost(request) === "boards.greenhouse.io") {
    return await reply.redirect(`${originOf(boardsHost, request)}${request.url}`, 301);
  }
  const seeded = seededJob(job);
  const quirks = quirksOf(request);
  if (seeded !== undefined && quirks.has("embed")) {
    const parameters = new URLSearchParams(query);
    parameters.set("gh_jid", job);
    const address = `${originOf(companyHost, request)}/open-roles?${parameters.toString()}`;
    return await reply.redirect(address, 302);
  }
  return await sendForm({ request, reply, seeded, board, isEmbedded: false });
}

async function showEmbedded(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const query = new URLSearchParams(queryOf(request));
  const seeded = seededJob(query.get("token") ?? "");
  const board = query.get("for") ?? "";
  return await sendForm({ request, reply, seeded, board, isEmbedded: true });
}

interface FormToSend {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly seeded: SeededPosting | undefined;
  readonly board: string;
  readonly isEmbedded: boolean;
}

async function sendForm({ request, reply, seeded, ...place }: FormToSend): Promise<unknown> {
  const quirks = quirksOf(request);
  const page = reply.type("text/html; charset=utf-8");
  if (seeded === undefined) return await page.code(404).send(missingPage().markup);
  if (quirks.has("closed")) return await page.send(closedPage(seeded).markup);
  const posting = seededPostingPage({ request, seeded, quirks, ...place });
  return await page.send(postingPage(posting, seeded.language).markup);
}

async function showCompanyPage(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const query = new URLSearchParams(queryOf(request));
  const job = query.get("gh_jid") ?? "";
  const seeded = seededJob(job);
  const page = reply.type("text/html; charset=utf-8");
  if (seeded === undefined) return await page.code(404).send(missingPage().markup);
  const origin = originOf(boardsHost, request);
  query.delete("gh_jid");
  query.set("for", "northwind");
  query.set("token", job);
  page.header(
    "content-security-policy",
    `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src ${origin}`,
  );
  return await page.send(
    companyPage(seeded.title, `${origin}/embed/job_app?${query.toString()}`).markup,
  );
}

function seededJob(job: string): SeededPosting | undefined {
  const seed = seedOfNumber(job);
  return seed === undefined ? undefined : seededPosting(seed);
}
