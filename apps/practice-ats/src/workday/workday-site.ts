import { join } from "node:path";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { type SeededPosting, seededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed, seedOfNumber } from "../postings/seeds.ts";
import { readMultipartLists } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { queryOf, quirksOf } from "../vendor-hosts/host-names.ts";
import type { VendorSite } from "../vendor-hosts/vendor-site.ts";
import type { FlowConfig } from "./client/config.ts";
import { takeApplication } from "./take-application.ts";
import { rowLists, sourceTree, workdaySteps } from "./workday-form.ts";
import { flowPage, postingPage, startPage, wordsPage } from "./workday-page.ts";
import { workdayWords } from "./workday-words.ts";

interface Posting {
  Params: { readonly site: string; readonly place: string; readonly slug: string };
}

/** Six steps under one address, as the tenants of Workday have them. */
export const workday: VendorSite = {
  name: "workday",
  hosts: ["northwind.wd5.myworkdayjobs.com", "*.myworkdayjobs.com"],
  quirks: [
    { name: "account", description: "Nobody applies without an account.", outcome: "wall" },
    {
      name: "two-level-referral",
      description: "Where one heard of the job lies below groups that must be opened first.",
    },
    {
      name: "dates-revert",
      description: "The date of the first job is the résumé reader's again on the last step.",
      outcome: "changed",
    },
    ...Object.values(commonQuirks),
  ],
  posting: (seed) =>
    `northwind.wd5.myworkdayjobs.com/Careers/job/Denver-CO/Practice-Job_R${numberOfSeed(seed)}`,
  register,
};

function register(app: FastifyInstance, deps: SiteDeps): void {
  let script: string | undefined;
  app.get("/practice/apply-flow.js", async (_request, reply) => {
    script ??= bundleScript(join(import.meta.dirname, "client/apply-flow.tsx"));
    return await reply.type("text/javascript").send(script);
  });
  const posting = "/:site/job/:place/:slug";
  const paths = [posting, `${posting}/apply`, `${posting}/apply/:way`];
  for (const path of paths) app.get<Posting>(path, (request, reply) => show(request, reply));
  const api = "/wday/cxs/northwind/:site/job/:place/:slug";
  app.post<Posting>(`${api}/upload`, async (request) => {
    const { file } = await readMultipartLists(request);
    await deps.ledger.append({
      kind: "upload",
      stored: file !== undefined,
      site: "workday",
      job: request.params.slug,
      requestId: request.id,
      fields: {},
      file,
    });
    return {};
  });
  app.post<Posting>(`${api}/submit`, async (request, reply) => {
    const seed = seedOfSlug(request.params.slug);
    const quirks = quirksOf(request);
    if (seed === undefined || quirks.has("closed") || quirks.has("account")) {
      return await reply.code(403).send({ result: "refused" });
    }
    const job = request.params.slug;
    const input = { request, posting: seededPosting(seed), quirks, job };
    const { code, body } = await takeApplication(deps, input);
    return await reply.code(code).send(body);
  });
}

function seedOfSlug(slug: string): number | undefined {
  return seedOfNumber(/_R(\d+)$/.exec(slug)?.[1] ?? "");
}

async function show(request: FastifyRequest<Posting>, reply: FastifyReply): Promise<unknown> {
  const seed = seedOfSlug(request.params.slug);
  const quirks = quirksOf(request);
  const page = (code: number, markup: string) => reply.code(code).type("text/html").send(markup);
  if (seed === undefined) {
    return await page(404, wordsPage(seededPosting(0), "404", "Not found").markup);
  }
  const posting = seededPosting(seed);
  if (quirks.has("closed")) {
    return await page(200, wordsPage(posting, posting.title, `${submitReplies.closed}.`).markup);
  }
  const { pathname } = new URL(request.url, "http://practice");
  const query = queryOf(request);
  const base = pathname.replace(/\/apply(\/.*)?$/, "");
  if (pathname === base) {
    return await page(200, postingPage(posting, `${base}/apply${query}`).markup);
  }
  if (pathname.endsWith("/apply")) {
    return await page(200, startPage(posting, pathname, query).markup);
  }
  const api = `/wday/cxs/northwind${base}`;
  return await page(200, flowPage(posting, configOf(posting, { api, query, quirks })).markup);
}

function configOf(
  posting: SeededPosting,
  { api, query, quirks }: Pick<FlowConfig, "api" | "query"> & { quirks: ReadonlySet<string> },
): FlowConfig {
  const steps = workdaySteps(posting);
  const info = steps[0]?.fields ?? [];
  const home = info.find(({ id }) => id === "country")?.choices[posting.seed % 2 === 0 ? 7 : 1];
  const code = info.find(({ id }) => id === "phoneCode")?.choices[5];
  return {
    title: posting.title,
    api,
    query,
    steps,
    rowLists: rowLists(posting),
    sourceTree,
    words: {
      ...workdayWords(posting.language),
      received: posting.word("received"),
      alreadyApplied: submitReplies.alreadyApplied,
      softError: submitReplies.softError,
    },
    prefilled: { country: home?.label ?? "", phoneCode: code?.label ?? "" },
    needsAccount: quirks.has("account"),
    hasTwoLevelSource: quirks.has("two-level-referral"),
    revertsDates: quirks.has("dates-revert"),
  };
}
