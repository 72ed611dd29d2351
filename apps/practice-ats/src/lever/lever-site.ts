import { join } from "node:path";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { seededPosting } from "../postings/seeded-posting.ts";
import { seedOfUuid, uuidOfSeed } from "../postings/seeds.ts";
import { readMultipartLists } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { queryOf, quirksOf } from "../vendor-hosts/host-names.ts";
import type { VendorSite } from "../vendor-hosts/vendor-site.ts";
import { leverForm } from "./lever-form.ts";
import { applyPage, postingPage, wordsPage } from "./lever-page.ts";
import { takeApplication } from "./take-application.ts";

interface JobParams {
  readonly employer: string;
  readonly job: string;
}
type JobRequest = FastifyRequest<{ Params: JobParams }>;

const places = ["Denver, CO, USA", "Denver, NC, USA", "Denver City, TX, USA", "Oakland, CA, USA"];

/** Server-rendered pages with scripts of the old kind, as jobs.lever.co has them. */
export const lever: VendorSite = {
  name: "lever",
  hosts: ["jobs.lever.co", "jobs.eu.lever.co"],
  quirks: [
    {
      name: "parse-blank",
      description: "The résumé reader returns nothing and clears what was typed.",
    },
    { name: "legal-name", description: "The legal name is asked again as a card." },
    { name: "n0", description: "The option “No” is spelled “N0”." },
    {
      name: "challenge",
      description: "A click on submit is answered by a challenge for a person.",
      outcome: "wall",
    },
    ...Object.values(commonQuirks),
  ],
  posting: (seed) => `jobs.lever.co/northwind/${uuidOfSeed(seed)}`,
  register,
};

function register(app: FastifyInstance, deps: SiteDeps): void {
  let script: string | undefined;
  app.get("/practice/apply-page.js", async (_request, reply) => {
    script ??= bundleScript(join(import.meta.dirname, "client/apply-page.ts"));
    return await reply.type("text/javascript").send(script);
  });
  app.get<{ Querystring: { text?: string } }>("/searchLocations", async ({ query }) => {
    const text = (query.text ?? "").trim().toLowerCase();
    const found = places.filter((place) => place.toLowerCase().startsWith(text.slice(0, 6)));
    return found.map((name, index) => ({ name, id: `place-${index}` }));
  });
  app.post("/parseResume", async (request) => {
    const sent = await readMultipartLists(request);
    await deps.ledger.append({
      kind: "upload",
      stored: sent.file !== undefined,
      site: "lever",
      job: "",
      requestId: request.id,
      fields: {},
      file: sent.file,
    });
    const isBlank = quirksOf(request).has("parse-blank");
    const read = { name: "ada EXAMPLE", email: "", phone: "3035550142", org: "Résumé Reader Ltd" };
    return isBlank ? { name: "", email: "", phone: "", org: "" } : read;
  });
  app.get<{ Params: JobParams }>("/:employer/:job", (request, reply) => show(request, reply));
  app.get<{ Params: JobParams }>("/:employer/:job/apply", (request, reply) => show(request, reply));
  app.get<{ Params: JobParams }>("/:employer/:job/thanks", (request, reply) =>
    show(request, reply),
  );
  app.post<{ Params: JobParams }>("/:employer/:job/apply", async (request, reply) => {
    const seed = seedOfUuid(request.params.job);
    const quirks = quirksOf(request);
    if (seed === undefined || quirks.has("closed")) return await reply.code(404).send("Not found");
    const posting = seededPosting(seed);
    const form = leverForm(posting, quirks);
    const { job } = request.params;
    return await takeApplication(deps, { request, reply, posting, form, quirks, job });
  });
}

async function show(request: JobRequest, reply: FastifyReply): Promise<unknown> {
  const seed = seedOfUuid(request.params.job);
  const quirks = quirksOf(request);
  const page = (code: number, markup: string) => reply.code(code).type("text/html").send(markup);
  if (seed === undefined) {
    return await page(404, wordsPage(seededPosting(0), "404", "Not found").markup);
  }
  const posting = seededPosting(seed);
  if (quirks.has("closed")) {
    return await page(404, wordsPage(posting, posting.title, `${submitReplies.closed}.`).markup);
  }
  const { pathname } = new URL(request.url, "http://practice");
  if (pathname.endsWith("/thanks")) {
    const { word } = posting;
    return await page(200, wordsPage(posting, word("thanks"), word("received")).markup);
  }
  if (!pathname.endsWith("/apply")) {
    return await page(200, postingPage(posting, `${pathname}/apply${queryOf(request)}`).markup);
  }
  const form = leverForm(posting, quirks);
  const hasChallenge = quirks.has("challenge");
  return await page(200, applyPage({ posting, form, errors: [], hasChallenge }).markup);
}
