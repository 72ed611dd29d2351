import { randomUUID } from "node:crypto";

import type { FastifyReply, FastifyRequest } from "fastify";

import { findErrors } from "../find-errors.ts";
import type { FieldErrors, FieldValues } from "../form-field.ts";
import type { LedgerFile } from "../ledger.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { readMultipartLists, type SentForm } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { queryOf } from "../vendor-hosts/host-names.ts";
import { sentValues } from "../vendor-hosts/sent-values.ts";
import { takeVendorApplication } from "../vendor-hosts/take-vendor-application.ts";
import { otherForms } from "./generic-extras.ts";
import { allGenericFields, fieldsOfStep, type GenericForm, nameIn } from "./generic-form.ts";
import { givenValues, reviewPage, stepPage, wordsPage } from "./generic-page.ts";

/** One request to one page of one posting; `step` counts from 0, the review comes last. */
export interface GenericVisit {
  readonly request: FastifyRequest;
  readonly job: string;
  readonly step: number;
  readonly posting: SeededPosting;
  readonly form: GenericForm;
  readonly quirks: ReadonlySet<string>;
}

/** What somebody has given so far; it is known by the id in the address. */
interface Draft {
  readonly values: FieldValues;
  readonly file: LedgerFile | undefined;
}

interface Faults {
  readonly errors: FieldErrors;
  readonly complaints: readonly string[];
}

export interface GenericSteps {
  show(visit: GenericVisit, reply: FastifyReply): Promise<unknown>;
  take(visit: GenericVisit, reply: FastifyReply): Promise<unknown>;
}

const noFaults: Faults = { errors: {}, complaints: [] };

/** The pages in their order, kept in memory: a draft does not outlive the server. */
export function createGenericSteps(deps: SiteDeps): GenericSteps {
  const drafts = new Map<string, Draft>();
  const draftOf = ({ request }: GenericVisit): Draft =>
    drafts.get(draftIn(request)) ?? { values: {}, file: undefined };

  async function draw(visit: GenericVisit, reply: FastifyReply, faults: Faults): Promise<unknown> {
    const { request, posting, form, step, quirks } = visit;
    const { values, file } = draftOf(visit);
    const view = {
      posting,
      form,
      step,
      values,
      ...faults,
      attached: file?.name,
      isMarked: !quirks.has("unmarked"),
      backAddress: step === 0 ? null : addressOf(request, `apply/${step}`),
      others: quirks.has("two-forms")
        ? otherForms(posting, (path) => addressOf(request, path))
        : undefined,
    };
    const edit = (to: number): string => addressOf(request, `apply/${to + 1}`);
    const page = step === form.steps.length ? reviewPage(view, edit) : stepPage(view);
    const isRefused = faults.complaints.length > 0 || Object.keys(faults.errors).length > 0;
    return await reply
      .code(isRefused ? 422 : 200)
      .type("text/html")
      .send(page.markup);
  }

  async function takeStep(visit: GenericVisit, sent: SentForm, reply: FastifyReply) {
    const { request, form, step, job } = visit;
    const before = draftOf(visit);
    const name = nameIn(form);
    const fields = fieldsOfStep(form, step);
    const resume = fields.find(({ id }) => id === "resume");
    const file = (resume && sent.files.get(name(resume))) ?? before.file;
    const given = sentValues(fields, sent, name);
    const values = resume === undefined ? given : { ...given, resume: file?.name ?? "" };
    const kept = drafts.has(draftIn(request)) ? draftIn(request) : randomUUID();
    drafts.set(kept, { values: { ...before.values, ...keepTraps(before, values) }, file });
    const isBack = sent.values.get("way")?.[0] === "back";
    const errors = isBack ? {} : findErrors(fields, values);
    const stored = Object.keys(errors).length === 0;
    const line = { kind: "step", stored, site: "generic", job, requestId: request.id } as const;
    await deps.ledger.append({ ...line, fields: values, file: resume && file });
    if (!stored) return await draw(visit, reply, { errors, complaints: [] });
    const to = isBack ? step : step + 2;
    const path = to > form.steps.length ? "apply/review" : `apply/${to}`;
    return await reply.redirect(addressOf(request, path, kept), 303);
  }

  async function takeApplication(visit: GenericVisit, reply: FastifyReply): Promise<unknown> {
    const { request, posting, form, quirks, job } = visit;
    const { values, file } = draftOf(visit);
    const verdict = await takeVendorApplication(deps, {
      site: "generic",
      job,
      requestId: request.id,
      fields: allGenericFields(form),
      values: givenValues(form, values),
      file,
      quirks,
    });
    const { title } = posting;
    switch (verdict.kind) {
      case "refused":
        return await draw({ ...visit, step: 0 }, reply, verdict);
      case "stored":
        return await reply.redirect(addressOf(request, "thanks"), 303);
      default: {
        const words = verdict.kind === "soft-error" ? "softError" : "alreadyApplied";
        const page = wordsPage(posting, title, `${submitReplies[words]}.`);
        return await reply.type("text/html").send(page.markup);
      }
    }
  }

  return {
    async show(visit, reply) {
      const { request, step } = visit;
      if (step > 0 && !drafts.has(draftIn(request))) {
        return await reply.redirect(addressOf(request, "apply/1"), 303);
      }
      return await draw(visit, reply, noFaults);
    },
    async take(visit, reply) {
      const sent = await readMultipartLists(visit.request);
      if (visit.step < visit.form.steps.length) return await takeStep(visit, sent, reply);
      const isBack = sent.values.get("way")?.[0] === "back";
      if (!isBack) return await takeApplication(visit, reply);
      return await reply.redirect(addressOf(visit.request, `apply/${visit.step}`), 303);
    },
  };
}

/** What was put into a trap on one page stays there, whatever the next page sends. */
function keepTraps({ values }: Draft, now: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(now).map(([id, value]) => [
      id,
      id.startsWith("honeypot_") && value === "" ? (values[id] ?? "") : value,
    ]),
  );
}

function draftIn(request: FastifyRequest): string {
  return new URLSearchParams(queryOf(request)).get("draft") ?? "";
}

/** Another page of the same job, with what the query of this one says. */
export function addressOf(request: FastifyRequest, path: string, draft?: string): string {
  const { pathname, searchParams } = new URL(request.url, "http://practice");
  if (draft !== undefined) searchParams.set("draft", draft);
  const job = pathname.split("/")[2] ?? "";
  return `/jobs/${job}/${path}?${searchParams.toString()}`;
}
