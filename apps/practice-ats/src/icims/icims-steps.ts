import { randomUUID } from "node:crypto";

import type { FastifyRequest } from "fastify";

import { findErrors } from "../find-errors.ts";
import type { FieldValues, FormField } from "../form-field.ts";
import type { Html } from "../html.ts";
import type { LedgerFile } from "../ledger.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { readMultipartLists, type SentForm } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { sentValues } from "../vendor-hosts/sent-values.ts";
import { takeVendorApplication } from "../vendor-hosts/take-vendor-application.ts";
import { type IcimsForm, resumeId } from "./icims-form.ts";
import { codePage, emailPage, profilePage, questionsPage, wordsPage } from "./icims-page.ts";

/** One request to one page of one posting. */
export interface IcimsStep {
  readonly job: string;
  readonly name: string;
  readonly posting: SeededPosting;
  readonly quirks: ReadonlySet<string>;
  readonly form: IcimsForm;
  readonly query: string;
}

/** What the site keeps of a person between two pages. */
export interface IcimsVisit {
  readonly values: FieldValues;
  readonly file: LedgerFile | undefined;
}

export type StepTaken =
  | { readonly kind: "page"; readonly page: Html }
  | { readonly kind: "next"; readonly step: string; readonly visit: string };

export interface IcimsSteps {
  visitOf(step: IcimsStep): IcimsVisit | undefined;
  take(step: IcimsStep, request: FastifyRequest): Promise<StepTaken>;
}

/** The pages in their order, kept in memory: a visit does not outlive the server. */
export function createIcimsSteps(deps: SiteDeps): IcimsSteps {
  const visits = new Map<string, IcimsVisit>();

  async function takeEmail(step: IcimsStep, request: FastifyRequest): Promise<StepTaken> {
    const { form, posting, quirks, job } = step;
    const values = valuesOf(form.email, bodyOf(request));
    const errors = findErrors(form.email, values);
    const isStored = Object.keys(errors).length === 0;
    const { id: requestId } = request;
    const line = { kind: "step", stored: isStored, site: "icims", job, requestId } as const;
    await deps.ledger.append({ ...line, fields: values });
    if (!isStored) return { kind: "page", page: emailPage(posting, { form, errors }) };
    const visit = randomUUID();
    const email = values["css_loginName"] ?? "";
    visits.set(visit, {
      values: { ...values, "PersonProfileFields.Email": email },
      file: undefined,
    });
    return { kind: "next", step: quirks.has("code") ? "code" : "candidate", visit };
  }

  async function takeProfile(
    step: IcimsStep,
    {
      visit,
      sent,
      request,
    }: { readonly visit: string; readonly sent: SentForm; readonly request: FastifyRequest },
  ): Promise<StepTaken> {
    const { form, posting, job } = step;
    const before = visits.get(visit) ?? { values: {}, file: undefined };
    const isUpload = sent.values.get("upload_only")?.[0] === "1";
    const file = sent.files.get(resumeId) ?? before.file;
    const fields = isUpload ? {} : sentValues(form.profile, sent, ({ id }) => id);
    const { id: requestId } = request;
    const line = { site: "icims", job, requestId, fields, file };
    if (isUpload) {
      await deps.ledger.append({ kind: "upload", stored: true, ...line });
      // Whatever was typed is gone, and what was read stands in its place.
      visits.set(visit, { file, values: { ...before.values, ...readFromResume } });
      return { kind: "next", step: "candidate", visit };
    }
    const values = { ...fields, [resumeId]: file?.name ?? "" };
    const errors = findErrors([form.resume, ...form.profile], values);
    const isRight = Object.keys(errors).length === 0;
    await deps.ledger.append({ kind: "step", stored: isRight, ...line });
    visits.set(visit, { file, values: { ...before.values, ...values } });
    const shown = { posting, form, values, errors, resume: file?.name };
    if (!isRight) return { kind: "page", page: profilePage(shown) };
    if (!form.isProfileLast) return { kind: "next", step: "questions", visit };
    const taken = await send(step, { visit, answers: {}, request });
    return taken.kind === "refused"
      ? { kind: "page", page: profilePage({ ...shown, ...taken }) }
      : taken;
  }

  async function takeQuestions(
    step: IcimsStep,
    {
      visit,
      sent,
      request,
    }: { readonly visit: string; readonly sent: SentForm; readonly request: FastifyRequest },
  ): Promise<StepTaken> {
    const { form, posting } = step;
    const answers = sentValues(form.questions, sent, ({ id }) => id);
    const taken = await send(step, { visit, answers, request });
    if (taken.kind !== "refused") return taken;
    const shown = { posting, form, values: answers, resume: undefined, ...taken };
    return { kind: "page", page: questionsPage(shown) };
  }

  /** The last page of a visit: everything it gave is one application. */
  async function send(
    { form, posting, quirks, job }: IcimsStep,
    {
      visit,
      answers,
      request,
    }: {
      readonly visit: string;
      readonly answers: FieldValues;
      readonly request: FastifyRequest;
    },
  ) {
    const { values: before, file } = visits.get(visit) ?? { values: {}, file: undefined };
    const verdict = await takeVendorApplication(deps, {
      site: "icims",
      job,
      requestId: request.id,
      fields: [...form.email, form.resume, ...form.profile, ...form.questions],
      values: { ...before, ...answers },
      file,
      quirks,
    });
    if (verdict.kind === "refused") return verdict;
    if (verdict.kind === "stored") return { kind: "next", step: "thanks", visit } as const;
    const reply = verdict.kind === "soft-error" ? "softError" : "alreadyApplied";
    const page = wordsPage(posting, posting.title, `${submitReplies[reply]}.`);
    return { kind: "page", page } as const;
  }

  return {
    visitOf: ({ query }) => visits.get(visitIn(query)),
    async take(step, request) {
      if (step.name === "login") return await takeEmail(step, request);
      if (step.name === "code") return { kind: "page", page: codePage(step.posting) };
      const visit = visitIn(step.query);
      const sent = await readMultipartLists(request);
      const take = step.name === "questions" ? takeQuestions : takeProfile;
      return await take(step, { visit, sent, request });
    },
  };
}

/** The reader of résumés is not to be trusted. */
const readFromResume = {
  "PersonProfileFields.FirstName": "ADA",
  "PersonProfileFields.LastName": "Curriculum",
  "-1_PersonProfileFields.PhoneNumber": "",
  "-1_PersonProfileFields.AddressCity": "",
};

function visitIn(query: string): string {
  return new URLSearchParams(query).get("visit") ?? "";
}

function bodyOf({ body }: FastifyRequest): ReadonlyMap<string, unknown> {
  return new Map(typeof body === "object" && body !== null ? Object.entries(body) : []);
}

function valuesOf(fields: readonly FormField[], sent: ReadonlyMap<string, unknown>): FieldValues {
  const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
  return Object.fromEntries(fields.map(({ id }) => [id, textOf(sent.get(id))]));
}
