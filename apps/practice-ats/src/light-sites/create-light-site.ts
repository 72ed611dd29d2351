import { join } from "node:path";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import type { FieldErrors } from "../form-field.ts";
import type { FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";
import { type SeededPosting, seededPosting } from "../postings/seeded-posting.ts";
import { readMultipartLists, type SentForm } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { commonQuirks } from "../vendor-hosts/common-quirks.ts";
import { queryOf, quirksOf } from "../vendor-hosts/host-names.ts";
import { sentValues } from "../vendor-hosts/sent-values.ts";
import { takeVendorApplication } from "../vendor-hosts/take-vendor-application.ts";
import type { Quirk, VendorSite } from "../vendor-hosts/vendor-site.ts";
import { isChallengePassed } from "./challenge.ts";
import { allLightFields, type LightForm } from "./light-form.ts";
import { lightLayout } from "./light-layout.ts";

/** What one vendor of the kind has of its own. */
export interface LightVendor {
  readonly name: string;
  readonly host: string;
  readonly quirks: readonly Quirk[];
  /** The paths of a posting, of its form, and of the page that says it was sent; `:job` stands for the job. */
  readonly paths: { readonly posting: string; readonly form: string; readonly thanks: string };
  readonly jobOf: (seed: number) => string;
  readonly seedOf: (job: string) => number | undefined;
  readonly form: (posting: SeededPosting, quirks: ReadonlySet<string>) => LightForm;
  readonly nameOf: (field: FormField) => string;
  readonly applyPage: (page: LightPage) => Html;
  readonly thanks: (posting: SeededPosting) => readonly [heading: string, text: string];
  readonly styles: string;
  /** Further routes, such as those of scripts. */
  readonly extend?: (app: FastifyInstance) => void;
}

export interface LightPage {
  readonly posting: SeededPosting;
  readonly form: LightForm;
  readonly errors: FieldErrors;
  readonly quirks: ReadonlySet<string>;
}

interface JobParams {
  readonly job: string;
}

/** A vendor whose pages the server draws: a posting, a form of one page, and an answer. */
export function createLightSite(vendor: LightVendor): VendorSite {
  const { name, host, paths, quirks, jobOf } = vendor;
  return {
    name,
    hosts: [`*.${host}`],
    quirks: [...quirks, ...Object.values(commonQuirks)],
    posting: (seed) => `northwind.${host}${paths.posting.replace(":job", jobOf(seed))}`,
    register: (app, deps) => register(app, deps, vendor),
  };
}

function registerChallenge(app: FastifyInstance): void {
  let script: string | undefined;
  app.get("/practice/challenge.js", async (_request, reply) => {
    script ??= bundleScript(join(import.meta.dirname, "client/challenge.ts"));
    return await reply.type("text/javascript").send(script);
  });
}

function complaintsOf({
  posting,
  sent,
  quirks,
}: {
  readonly posting: SeededPosting;
  readonly sent: SentForm;
  readonly quirks: ReadonlySet<string>;
}): string[] {
  const isHeldUp = quirks.has("challenge") && !isChallengePassed(posting, sent);
  return isHeldUp ? ["Verify that you are a person"] : [];
}

function register(app: FastifyInstance, deps: SiteDeps, vendor: LightVendor): void {
  const { paths, seedOf } = vendor;
  vendor.extend?.(app);
  registerChallenge(app);
  const page = (reply: FastifyReply, markup: Html, code = 200) =>
    reply.code(code).type("text/html").send(markup.markup);
  const words = (posting: SeededPosting, heading: string, text: string): Html => {
    const body = html`<h1>${heading}</h1>
      <p>${text}</p>`;
    return lightLayout(posting, { body, styles: vendor.styles });
  };

  const route = (
    path: string,
    draw: (posting: SeededPosting, request: FastifyRequest<{ Params: JobParams }>) => Html,
  ): void => {
    app.get<{ Params: JobParams }>(path, async (request, reply) => {
      const seed = seedOf(request.params.job);
      if (seed === undefined)
        return await page(reply, words(seededPosting(0), "404", "Not found"), 404);
      const posting = seededPosting(seed);
      if (quirksOf(request).has("closed")) {
        return await page(reply, words(posting, posting.title, `${submitReplies.closed}.`), 404);
      }
      return await page(reply, draw(posting, request));
    });
  };
  const applyPage = (posting: SeededPosting, quirks: ReadonlySet<string>, errors: FieldErrors) => {
    const form = vendor.form(posting, quirks);
    const body = vendor.applyPage({ posting, form, errors, quirks });
    return lightLayout(posting, { body, styles: vendor.styles });
  };

  route(paths.posting, (posting, request) => {
    const address = paths.form.replace(":job", request.params.job) + queryOf(request);
    const body = html`<h1>${posting.title}</h1>
      <p>${posting.location}</p>
      <p>We build the software that moves parcels between small islands.</p>
      <a class="button" href="${address}">${posting.word("apply")}</a>`;
    return lightLayout(posting, { body, styles: vendor.styles });
  });
  route(paths.form, (posting, request) => applyPage(posting, quirksOf(request), {}));
  route(paths.thanks, (posting) => words(posting, ...vendor.thanks(posting)));

  app.post<{ Params: JobParams }>(paths.form, async (request, reply) => {
    const { job } = request.params;
    const seed = seedOf(job);
    const quirks = quirksOf(request);
    if (seed === undefined || quirks.has("closed")) return await reply.code(404).send("Not found");
    const posting = seededPosting(seed);
    const fields = allLightFields(vendor.form(posting, quirks));
    const sent = await readMultipartLists(request);
    const values = sentValues(fields, sent, vendor.nameOf);
    const resume = fields.find(({ id }) => id === "resume");
    const verdict = await takeVendorApplication(deps, {
      site: vendor.name,
      job,
      requestId: request.id,
      fields,
      values,
      file: resume && sent.files.get(vendor.nameOf(resume)),
      quirks,
      complaints: complaintsOf({ posting, sent, quirks }),
    });
    if (verdict.kind === "refused") {
      const { complaints } = verdict;
      const errors = {
        ...verdict.errors,
        ...(complaints.length > 0 && { email: complaints.join(". ") }),
      };
      return await page(reply, applyPage(posting, quirks, errors), 422);
    }
    if (verdict.kind === "unverified") {
      const text = "Check your inbox and follow the link we sent to finish your application.";
      return await page(reply, words(posting, "Confirm your email", text));
    }
    if (verdict.kind !== "stored") {
      const said = verdict.kind === "soft-error" ? "softError" : "alreadyApplied";
      return await page(reply, words(posting, posting.title, `${submitReplies[said]}.`));
    }
    return await reply.redirect(paths.thanks.replace(":job", job) + queryOf(request), 303);
  });
}
