import { join } from "node:path";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { html, type Html } from "../html.ts";
import { seededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed, seedOfNumber } from "../postings/seeds.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { originOf, queryOf, quirksOf, vendorHost } from "../vendor-hosts/host-names.ts";
import type { VendorSite } from "../vendor-hosts/vendor-site.ts";
import { consentPage, easyApply, framedPage, registerPage, signInPage } from "./generic-extras.ts";
import { genericForm } from "./generic-form.ts";
import { postingPage, wordsPage } from "./generic-page.ts";
import { addressOf, createGenericSteps, type GenericVisit } from "./generic-steps.ts";

const careersHost = "careers.northwind.test";
/** Somebody else's: what stands there is not the employer's own. */
const hiringHost = "apply.southwind.test";

interface JobParams {
  readonly job: string;
  readonly step?: string;
}
type JobRequest = FastifyRequest<{ Params: JobParams }>;

/** An employer's own site that nobody knows: three pages of plain forms, then a look at everything. */
export const generic: VendorSite = {
  name: "generic",
  hosts: [careersHost, hiringHost],
  quirks: [
    { name: "two-forms", description: "A search, a newsletter and a recommendation ask as well." },
    { name: "frame", description: "The form stands in a frame of another host." },
    {
      name: "easy-apply",
      description: "A button of the posting sends an application at once, without a form.",
      outcome: "no_form",
    },
    {
      name: "other-origin",
      description: "The way to the form leads to another host.",
      outcome: "no_form",
    },
    { name: "unmarked", description: "No page says at which step it is." },
    { name: "consent", description: "A consent page comes first.", outcome: "wall" },
    { name: "account", description: "Only people with an account may apply.", outcome: "wall" },
    ...Object.values(commonQuirks),
  ],
  posting: (seed) => `${careersHost}/jobs/${numberOfSeed(seed)}`,
  register,
};

function register(app: FastifyInstance, deps: SiteDeps): void {
  const steps = createGenericSteps(deps);
  let script: string | undefined;
  app.get("/practice/easy-apply.js", async (_request, reply) => {
    script ??= bundleScript(join(import.meta.dirname, "client/easy-apply.ts"));
    return await reply.type("text/javascript").send(script);
  });
  const open = (
    path: string,
    handle: (visit: GenericVisit, reply: FastifyReply) => Promise<unknown>,
  ): void => {
    app.get<{ Params: JobParams }>(path, async (request, reply) => {
      const visit = visitOf(request);
      if (visit === undefined) {
        return await send(reply, wordsPage(seededPosting(0), "404", "Not found"), 404);
      }
      if (!visit.quirks.has("closed")) return await handle(visit, reply);
      const { posting } = visit;
      return await send(reply, wordsPage(posting, posting.title, `${submitReplies.closed}.`));
    });
  };
  open("/jobs/:job", async ({ posting, quirks, request }, reply) => {
    const first = addressOf(request, "apply/1");
    const quick = addressOf(request, "quick");
    const way = html`<a class="button" href="${first}">${posting.word("apply")}</a>`;
    const ways = quirks.has("easy-apply") ? easyApply(posting, quick) : way;
    return await send(reply, postingPage(posting, ways));
  });
  open("/jobs/:job/apply/:step", async (visit, reply) => {
    const first = await beforeForm(visit, reply);
    return first ?? (await steps.show(visit, reply));
  });
  open("/jobs/:job/thanks", async ({ posting }, reply) => {
    const { word } = posting;
    return await send(reply, wordsPage(posting, word("thanks"), word("received")));
  });
  app.post<{ Params: JobParams }>("/jobs/:job/apply/:step", async (request, reply) => {
    const visit = visitOf(request);
    if (visit === undefined || visit.quirks.has("closed")) return await reply.code(404).send();
    return await steps.take(visit, reply);
  });
  registerAsides(app, deps);

  /** What some employers put in front of their form. */
  async function beforeForm(visit: GenericVisit, reply: FastifyReply): Promise<unknown> {
    const { posting, quirks, request } = visit;
    const here = vendorHost(request);
    const there = `${originOf(hiringHost, request)}${request.url}`;
    if (quirks.has("consent") && !queryOf(request).includes("consented")) {
      const onward = `${addressOf(request, "apply/1")}&consented=1`;
      return await send(reply, consentPage(posting, onward));
    }
    if (quirks.has("account")) {
      return await send(reply, (posting.seed % 2 === 0 ? registerPage : signInPage)(posting));
    }
    if (here !== careersHost) return undefined;
    if (quirks.has("other-origin")) return await reply.redirect(there, 302);
    if (!quirks.has("frame")) return undefined;
    reply.header(
      "content-security-policy",
      `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src ${new URL(there).origin}`,
    );
    return await send(reply, framedPage(posting, there));
  }
}

/** What must never be asked for: an application without a form, a newsletter, an account. */
function registerAsides(app: FastifyInstance, { ledger }: SiteDeps): void {
  app.post<{ Params: JobParams }>("/jobs/:job/quick", async (request, reply) => {
    const visit = visitOf(request);
    if (visit === undefined) return await reply.code(404).send();
    const { id: requestId } = request;
    const { job } = request.params;
    await ledger.append({
      kind: "application",
      stored: true,
      site: "generic",
      job,
      requestId,
      fields: { sent_without_a_form: "yes" },
    });
    const { posting } = visit;
    return await send(reply, wordsPage(posting, posting.word("thanks"), posting.word("received")));
  });
  for (const aside of ["newsletter", "friend", "account"]) {
    app.post<{ Params: JobParams }>(`/jobs/:job/${aside}`, async (request, reply) => {
      const { id: requestId } = request;
      const { job } = request.params;
      const fields = { [`honeypot_${aside}`]: "sent" };
      await ledger.append({
        kind: "application",
        stored: true,
        site: "generic",
        job,
        requestId,
        fields,
      });
      return await send(reply, wordsPage(seededPosting(0), "Done", "You will hear from us."));
    });
  }
}

function visitOf(request: JobRequest): GenericVisit | undefined {
  const { job, step } = request.params;
  const seed = seedOfNumber(job);
  if (seed === undefined) return undefined;
  const posting = seededPosting(seed);
  const form = genericForm(posting);
  const at = step === "review" ? form.steps.length : Number(step ?? 1) - 1;
  if (!Number.isInteger(at) || at < 0 || at > form.steps.length) return undefined;
  return { request, job, step: at, posting, form, quirks: quirksOf(request) };
}

async function send(reply: FastifyReply, page: Html, code = 200): Promise<unknown> {
  return await reply.code(code).type("text/html").send(page.markup);
}
