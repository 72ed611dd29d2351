import { join } from "node:path";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { seededPosting } from "../postings/seeded-posting.ts";
import { readMultipartLists } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { queryOf, quirksOf } from "../vendor-hosts/host-names.ts";
import { sentValues } from "../vendor-hosts/sent-values.ts";
import { takeVendorApplication } from "../vendor-hosts/take-vendor-application.ts";
import type { VendorSite } from "../vendor-hosts/vendor-site.ts";
import { allWorkableFields, workableForm } from "./workable-form.ts";
import { applyPage, postingPage, wordsPage } from "./workable-page.ts";

interface JobParams {
  readonly code: string;
}
type JobRequest = FastifyRequest<{ Params: JobParams }>;

/** A posting and a form that React draws, both of few words. */
export const workable: VendorSite = {
  name: "workable",
  hosts: ["apply.workable.com"],
  quirks: [
    {
      name: "challenge",
      description: "A click on submit brings a challenge for a person.",
      outcome: "wall",
    },
    { name: "redesigned", description: "Nothing on the form is called what it used to be." },
    ...Object.values(commonQuirks),
  ],
  posting: (seed) => `apply.workable.com/northwind/j/${codeOfSeed(seed)}/`,
  register,
};

function register(app: FastifyInstance, deps: SiteDeps): void {
  let bundled: string | undefined;
  for (const isRedesigned of [false, true]) {
    app.get(isRedesigned ? redesignedScript : script, async (_request, reply) => {
      bundled ??= bundleScript(join(import.meta.dirname, "client/main.tsx"));
      const text = isRedesigned ? redesigned(bundled) : bundled;
      return await reply.type("text/javascript").send(text);
    });
  }
  app.get("/practice/challenge", async (_request, reply) =>
    reply.type("text/html").send("<!doctype html><p>Verify you are human</p>"),
  );
  for (const path of ["", "/", "/apply", "/apply/"]) {
    app.get<{ Params: JobParams }>(`/northwind/j/:code${path}`, (request, reply) =>
      show(request, reply),
    );
  }
  app.post<{ Params: JobParams }>("/northwind/j/:code/apply/", async (request, reply) => {
    const { code } = request.params;
    const seed = seedOfCode(code);
    const quirks = quirksOf(request);
    if (seed === undefined || quirks.has("closed")) return await reply.code(404).send({});
    const posting = seededPosting(seed);
    const form = workableForm(posting, quirks);
    const sent = await readMultipartLists(request);
    const fields = allWorkableFields(form);
    const verdict = await takeVendorApplication(deps, {
      site: "workable",
      job: code,
      requestId: request.id,
      fields,
      values: sentValues(fields, sent, ({ id }) => id),
      file: sent.files.get("resume"),
      quirks,
      complaints: quirks.has("challenge") ? ["Verify that you are a person"] : [],
    });
    const { word, title: heading } = posting;
    switch (verdict.kind) {
      case "refused":
        return { kind: "refused", text: "Please fix the errors below", errors: verdict.errors };
      case "stored":
        return { kind: "stored", heading: word("thanks"), text: word("received") };
      case "soft-error":
        return { kind: "said", heading, text: `${submitReplies.softError}.` };
      case "unverified":
        return { kind: "said", heading, text: "Check your inbox to finish your application." };
      case "already-applied":
        return { kind: "said", heading, text: `${submitReplies.alreadyApplied}.` };
    }
  });
}

async function show(request: JobRequest, reply: FastifyReply): Promise<unknown> {
  const seed = seedOfCode(request.params.code);
  const quirks = quirksOf(request);
  const page = (code: number, markup: string) => reply.code(code).type("text/html").send(markup);
  if (seed === undefined) return await page(404, wordsPage(seededPosting(0), "Not found").markup);
  const posting = seededPosting(seed);
  if (quirks.has("closed")) {
    return await page(200, wordsPage(posting, `${submitReplies.closed}.`).markup);
  }
  const { pathname } = new URL(request.url, "http://practice");
  if (/\/apply\/?$/.test(pathname)) {
    const { markup } = applyPage(posting, workableForm(posting, quirks));
    return await page(200, quirks.has("redesigned") ? redesigned(markup) : markup);
  }
  const onward = `${pathname.replace(/\/$/, "")}/apply/${queryOf(request)}`;
  return await page(200, postingPage(posting, onward).markup);
}

const script = "/practice/application.js";
const redesignedScript = "/practice/redesigned-application.js";

/** The same form, in which nothing is called what it used to be. */
function redesigned(text: string): string {
  return text.replaceAll("data-ui", "data-part").replaceAll(script, redesignedScript);
}

function codeOfSeed(seed: number): string {
  return `A${seed.toString(36).toUpperCase().padStart(9, "0")}`;
}

function seedOfCode(code: string): number | undefined {
  const seed = /^A[\dA-Z]{9}$/.test(code) ? Number.parseInt(code.slice(1), 36) : Number.NaN;
  return seed < 1_000_000 ? seed : undefined;
}
