import { join } from "node:path";

import type { FastifyInstance, FastifyReply } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { pause } from "../pause.ts";
import { type SeededPosting, seededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed, seedOfNumber, seedOfUuid, uuidOfSeed } from "../postings/seeds.ts";
import { readMultipartLists } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { queryOf, quirksOf } from "../vendor-hosts/host-names.ts";
import type { VendorSite } from "../vendor-hosts/vendor-site.ts";
import type { PageConfig } from "./client/config.ts";
import { knownPlaces, smartRecruitersForm } from "./smartrecruiters-form.ts";
import { formPage, postingPage, wordsPage } from "./smartrecruiters-page.ts";
import { publishedConfig } from "./published-config.ts";
import { takeApplication } from "./take-application.ts";

/** How long a résumé is read when it takes its time. */
const readingMs = 1_000;

interface Publication {
  Params: { readonly company: string; readonly id: string };
}

/** Custom elements in open shadow roots, as the one-click form of SmartRecruiters has them. */
export const smartrecruiters: VendorSite = {
  name: "smartrecruiters",
  hosts: ["jobs.smartrecruiters.com"],
  quirks: [
    {
      name: "parse-overwrites",
      description: "What is read from the résumé replaces what was typed, a second later.",
    },
    { name: "duplicate-ids", description: "All fields of a page have the same id." },
    ...Object.values(commonQuirks),
  ],
  posting: (seed) => `jobs.smartrecruiters.com/Northwind/${numberOfSeed(seed)}-practice-job`,
  register,
};

function register(app: FastifyInstance, deps: SiteDeps): void {
  let script: string | undefined;
  app.get("/oneclick-ui/static/oneclick-page.js", async (_request, reply) => {
    script ??= bundleScript(join(import.meta.dirname, "client/oneclick-page.ts"));
    return await reply.type("text/javascript").send(script);
  });
  app.get<{ Params: { readonly company: string; readonly posting: string } }>(
    "/:company/:posting",
    async (request, reply) => {
      const { company, posting: slug } = request.params;
      const seed = seedOfNumber(/^\d+/.exec(slug)?.[0] ?? "");
      const path = `/oneclick-ui/company/${company}/publication/${uuidOfSeed(seed ?? 0)}`;
      return await show({ reply, seed, quirks: quirksOf(request) }, (posting) =>
        postingPage(posting, `${path}${queryOf(request)}`),
      );
    },
  );
  app.get<Publication>("/oneclick-ui/company/:company/publication/:id", async (request, reply) => {
    const { company, id } = request.params;
    const seed = seedOfUuid(id);
    const quirks = quirksOf(request);
    const api = `/oneclick-ui/api/company/${company}/publication/${id}`;
    return await show({ reply, seed, quirks }, (posting) =>
      formPage(posting, configOf(posting, { api, query: queryOf(request), quirks })),
    );
  });
  registerApi(app, deps);
}

function registerApi(app: FastifyInstance, deps: SiteDeps): void {
  const api = "/oneclick-ui/api/company/:company/publication/:id";
  app.get<Publication & { Querystring: { text?: string } }>(`${api}/locations`, async (request) => {
    const text = (request.query.text ?? "").trim().toLowerCase().slice(0, 6);
    return text === "" ? [] : knownPlaces.filter((place) => place.toLowerCase().startsWith(text));
  });
  app.get<Publication>(`${api}/config`, async ({ params: { company, id } }, reply) => {
    const seed = seedOfUuid(id);
    if (seed === undefined) return await reply.code(404).send({});
    return publishedConfig(smartRecruitersForm(seededPosting(seed)), { company, id });
  });
  app.post<Publication>(`${api}/resume`, async (request) => {
    const { file } = await readMultipartLists(request);
    await deps.ledger.append({
      kind: "upload",
      stored: file !== undefined,
      site: "smartrecruiters",
      job: request.params.id,
      requestId: request.id,
      fields: {},
      file,
    });
    if (quirksOf(request).has("parse-overwrites")) await pause(readingMs, deps.stopping);
    return { "first-name": "ADA", "last-name": "Example (PDF)", email: "", phone: "3035550142" };
  });
  app.post<Publication>(`${api}/candidates`, async (request, reply) => {
    const seed = seedOfUuid(request.params.id);
    const quirks = quirksOf(request);
    if (seed === undefined || quirks.has("closed")) return await reply.code(404).send({});
    const form = smartRecruitersForm(seededPosting(seed));
    const job = request.params.id;
    const { code, body } = await takeApplication(deps, { request, form, quirks, job });
    return await reply.code(code).send(body);
  });
}

interface Asked {
  readonly reply: FastifyReply;
  readonly seed: number | undefined;
  readonly quirks: ReadonlySet<string>;
}

async function show(
  { reply, seed, quirks }: Asked,
  page: (posting: SeededPosting) => { readonly markup: string },
): Promise<unknown> {
  const send = (code: number, markup: string) => reply.code(code).type("text/html").send(markup);
  if (seed === undefined) {
    return await send(404, wordsPage(seededPosting(0), "404", "Not found").markup);
  }
  const posting = seededPosting(seed);
  if (quirks.has("closed")) {
    return await send(200, wordsPage(posting, posting.title, `${submitReplies.closed}.`).markup);
  }
  return await send(200, page(posting).markup);
}

function configOf(
  posting: SeededPosting,
  { api, query, quirks }: Pick<PageConfig, "api" | "query"> & { quirks: ReadonlySet<string> },
): PageConfig {
  const { word } = posting;
  return {
    api,
    query,
    ...smartRecruitersForm(posting),
    words: {
      next: word("next"),
      back: word("back"),
      submit: word("submit"),
      choose: word("choose"),
      thanks: word("thanks"),
      received: word("received"),
      alreadyApplied: submitReplies.alreadyApplied,
      softError: submitReplies.softError,
    },
    overwrites: quirks.has("parse-overwrites"),
    repeatsIds: quirks.has("duplicate-ids"),
  };
}
