import { join } from "node:path";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { countries } from "../countries.ts";
import { seededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed, seedOfNumber } from "../postings/seeds.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { queryOf, quirksOf } from "../vendor-hosts/host-names.ts";
import type { VendorSite } from "../vendor-hosts/vendor-site.ts";
import { icimsForm } from "./icims-form.ts";
import {
  codePage,
  consentPage,
  emailPage,
  outerPage,
  postingPage,
  profilePage,
  questionsPage,
  wordsPage,
} from "./icims-page.ts";
import { createIcimsSteps, type IcimsStep } from "./icims-steps.ts";

interface StepParams {
  readonly job: string;
  readonly slug: string;
  readonly step: string;
}
type StepRequest = FastifyRequest<{ Params: StepParams }>;

/** Server-rendered pages in a frame, a new one for each step. */
export const icims: VendorSite = {
  name: "icims",
  hosts: ["*.icims.com"],
  quirks: [
    { name: "reload-wipes", description: "The résumé stands last, and sending it wipes the page." },
    {
      name: "password",
      description: "The profile asks for the password of an account.",
      outcome: "wall",
    },
    {
      name: "code",
      description: "The email step is answered with a one-time code.",
      outcome: "wall",
    },
    { name: "consent", description: "A consent page comes first.", outcome: "wall" },
    { name: "submit-profile", description: "The profile is all there is, and its button sends." },
    ...Object.values(commonQuirks),
  ],
  posting: (seed) => `careers-northwind.icims.com/jobs/${numberOfSeed(seed)}/opening/job`,
  register,
};

const scripts = ["frame-only", "portal"];

function register(app: FastifyInstance, deps: SiteDeps): void {
  const bundled = new Map<string, string>();
  for (const name of scripts) {
    app.get(`/practice/${name}.js`, async (_request, reply) => {
      const script =
        bundled.get(name) ?? bundleScript(join(import.meta.dirname, `client/${name}.ts`));
      bundled.set(name, script);
      return await reply.type("text/javascript").send(script);
    });
  }
  app.get<{ Querystring: { text?: string } }>("/practice/countries", async ({ query }) => {
    const text = (query.text ?? "").trim().toLowerCase();
    const names = countries.map(({ name }) => name);
    return text === "" ? [] : names.filter((name) => name.toLowerCase().includes(text));
  });
  const steps = createIcimsSteps(deps);
  const page = (reply: FastifyReply, markup: string, code = 200) =>
    reply.code(code).type("text/html").send(markup);

  app.get<{ Params: StepParams }>("/jobs/:job/:slug/:step", async (request, reply) => {
    const step = stepOf(request);
    if (step === undefined) {
      return await page(reply, wordsPage(seededPosting(0), "404", "Not found").markup, 404);
    }
    const address = new URL(request.url, "http://practice");
    if (address.searchParams.get("in_iframe") !== "1") {
      address.searchParams.set("in_iframe", "1");
      const frame = `${address.pathname}${address.search}`;
      return await page(reply, outerPage(step.posting, frame).markup);
    }
    return await showStep(step, reply);
  });
  app.post<{ Params: StepParams }>("/jobs/:job/:slug/:step", async (request, reply) => {
    const step = stepOf(request);
    if (step === undefined || step.quirks.has("closed")) {
      return await reply.code(404).send("Not found");
    }
    const taken = await steps.take(step, request);
    if (taken.kind === "page") return await page(reply, taken.page.markup);
    return await reply.redirect(pathOf(step, taken.step, taken.visit), 303);
  });

  async function showStep(step: IcimsStep, reply: FastifyReply): Promise<unknown> {
    const { posting, quirks, form, name } = step;
    const { title, word } = posting;
    if (quirks.has("closed")) {
      return await page(reply, wordsPage(posting, title, `${submitReplies.closed}.`).markup);
    }
    if (name === "job")
      return await page(reply, postingPage(posting, pathOf(step, "login")).markup);
    if (name === "login" && quirks.has("consent") && !step.query.includes("consented")) {
      return await page(reply, consentPage(posting, `${pathOf(step, "login")}&consented=1`).markup);
    }
    const visit = steps.visitOf(step);
    if (name === "login" || visit === undefined) {
      return await page(reply, emailPage(posting, { form, errors: {} }).markup);
    }
    if (name === "code") return await page(reply, codePage(posting).markup);
    if (name === "thanks") {
      return await page(reply, wordsPage(posting, word("thanks"), word("received")).markup);
    }
    const shown = { posting, form, values: visit.values, errors: {}, resume: visit.file?.name };
    const draw = name === "questions" ? questionsPage : profilePage;
    return await page(reply, draw(shown).markup);
  }
}

function stepOf(request: StepRequest): IcimsStep | undefined {
  const { job, step: name } = request.params;
  const seed = seedOfNumber(job);
  if (seed === undefined) return undefined;
  const quirks = quirksOf(request);
  const posting = seededPosting(seed);
  const form = icimsForm(posting, quirks);
  return { job, name, posting, quirks, form, query: queryOf(request) };
}

function pathOf({ job, query }: IcimsStep, step: string, visit?: string): string {
  const parameters = new URLSearchParams(query);
  parameters.set("in_iframe", "1");
  if (visit !== undefined) parameters.set("visit", visit);
  return `/jobs/${job}/opening/${step}?${parameters.toString()}`;
}
