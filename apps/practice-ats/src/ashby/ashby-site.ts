import { join } from "node:path";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { type SeededPosting, seededPosting } from "../postings/seeded-posting.ts";
import { seedOfUuid, uuidOfSeed } from "../postings/seeds.ts";
import { readMultipartLists } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { originOf, queryOf, quirksOf } from "../vendor-hosts/host-names.ts";
import type { VendorSite } from "../vendor-hosts/vendor-site.ts";
import {
  ashbyCompanyPage,
  ashbyPage,
  ashbyWordsPage,
  embedScript,
  embedScriptPath,
  scriptPath,
} from "./ashby-page.ts";
import { jobPosting } from "./job-posting.ts";
import { takeAshbyApplication } from "./take-ashby-application.ts";

interface JobParams {
  readonly employer: string;
  readonly job: string;
}
type JobRequest = FastifyRequest<{ Params: JobParams }>;

const jobsHost = "jobs.ashbyhq.com";
const companyHost = "careers.northwind-practice.com";
const places = [
  "Denver, North Carolina, United States",
  "Denver, Colorado, United States",
  "Denver City, Texas, United States",
  "Oakland, California, United States",
];

/** A page that scripts draw, without a form element, and with toggles in place of radio buttons. */
export const ashby: VendorSite = {
  name: "ashby",
  hosts: [jobsHost, companyHost],
  quirks: [
    {
      name: "autofill-resets",
      description: "Any résumé draws the form again; yes and no are lost.",
    },
    {
      name: "embed",
      description: "The board sends to the employer's page, which frames the form.",
    },
    {
      name: "application-limit",
      description: "The employer takes one application per person.",
      outcome: "already_applied",
    },
    {
      name: "reveals-question",
      description: "A required question that is hidden until a place was chosen.",
    },
    commonQuirks.closed,
    commonQuirks.invalid,
    commonQuirks.slow,
    commonQuirks.softError,
  ],
  posting: (seed) => `${jobsHost}/northwind/${uuidOfSeed(seed)}`,
  register,
};

function register(app: FastifyInstance, deps: SiteDeps): void {
  let script: string | undefined;
  app.get(scriptPath, async (_request, reply) => {
    script ??= bundleScript(join(import.meta.dirname, "client/main.tsx"));
    return await reply.type("text/javascript").send(script);
  });
  app.get(embedScriptPath, (_request, reply) => reply.type("text/javascript").send(embedScript));
  const show = (request: JobRequest, reply: FastifyReply) => showPosting(request, reply);
  app.get<{ Params: JobParams }>("/:employer/:job", show);
  app.get<{ Params: JobParams }>("/:employer/:job/application", show);
  app.get("/careers", (request, reply) => showCompanyPage(request, reply));
  registerInterface(app, deps);
}

function registerInterface(app: FastifyInstance, deps: SiteDeps): void {
  app.post<{ Body: { variables?: { jobPostingId?: string } } }>(
    "/api/non-user-graphql",
    async (request) => {
      const posting = seededJob(request.body.variables?.jobPostingId ?? "");
      const shown = posting && jobPosting(posting, quirksOf(request));
      return { data: { jobPosting: shown ?? null } };
    },
  );
  app.get<{ Querystring: { text?: string } }>("/api/practice-places", async ({ query }) => {
    const text = (query.text ?? "").trim().toLowerCase();
    return text === "" ? [] : places.filter((place) => place.toLowerCase().startsWith(text));
  });
  app.post("/api/practice-parse-resume", async (request) => {
    const { file } = await readMultipartLists(request);
    const line = { site: "ashby", job: "", requestId: request.id, fields: {}, file };
    await deps.ledger.append({ ...line, kind: "upload", stored: file !== undefined });
    return { _systemfield_name: "ada EXAMPLE", _systemfield_phone: "3035550142" };
  });
  app.post<{ Params: JobParams }>("/api/practice-submit/:employer/:job", async (request, reply) => {
    const { job } = request.params;
    const posting = seededJob(job);
    const quirks = quirksOf(request);
    if (posting === undefined || quirks.has("closed")) {
      return await reply.code(404).send({ kind: "error", messages: [submitReplies.closed] });
    }
    return await takeAshbyApplication(deps, { request, posting, quirks, job });
  });
}

async function showPosting(request: JobRequest, reply: FastifyReply): Promise<unknown> {
  const { job } = request.params;
  const posting = seededJob(job);
  const quirks = quirksOf(request);
  const query = new URLSearchParams(queryOf(request));
  const page = reply.type("text/html; charset=utf-8");
  // The vendor's own page is there for postings that are gone, and says so in words.
  if (posting === undefined) return await page.send(ashbyWordsPage("Job not found", gone).markup);
  if (quirks.has("closed")) {
    return await page.send(ashbyWordsPage(posting.title, `${submitReplies.closed}.`).markup);
  }
  if (quirks.has("embed") && query.get("embed") === null) {
    query.set("ashby_jid", job);
    return await reply.redirect(`${originOf(companyHost, request)}/careers?${query.toString()}`);
  }
  return await page.send(ashbyPage(posting.title, posting.language).markup);
}

const gone = "The job you asked for was not found.";

async function showCompanyPage(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const query = new URLSearchParams(queryOf(request));
  const job = query.get("ashby_jid") ?? "";
  const posting = seededJob(job);
  const page = reply.type("text/html; charset=utf-8");
  if (posting === undefined) return await page.code(404).send(ashbyWordsPage("404", gone).markup);
  const origin = originOf(jobsHost, request);
  query.delete("ashby_jid");
  query.set("embed", "js");
  page.header(
    "content-security-policy",
    `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src ${origin}`,
  );
  const frame = `${origin}/northwind/${job}/application?${query.toString()}`;
  return await page.send(ashbyCompanyPage(posting.title, frame).markup);
}

function seededJob(job: string): SeededPosting | undefined {
  const seed = seedOfUuid(job);
  return seed === undefined ? undefined : seededPosting(seed);
}
