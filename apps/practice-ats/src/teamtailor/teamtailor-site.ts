import { join } from "node:path";

import type { FastifyInstance } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { field, type FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";
import { createLightSite, type LightPage } from "../light-sites/create-light-site.ts";
import { consentOf, honeypot, type LightForm } from "../light-sites/light-form.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed, seedOfNumber } from "../postings/seeds.ts";
import { nativeControl } from "../vendor-hosts/native-control.ts";

/** A place for the résumé that comes late, beside a line for its web address that must stay empty. */
export const teamtailor = createLightSite({
  name: "teamtailor",
  host: "teamtailor.com",
  quirks: [
    { name: "consent", description: "A consent is required, and its box has a hidden twin." },
    { name: "later-dropzone", description: "The place for the résumé takes seconds to come." },
    {
      name: "verify-email",
      description: "The application counts once a link in an email was followed.",
      outcome: "wall",
    },
  ],
  paths: {
    posting: "/jobs/:job",
    form: "/jobs/:job/applications/new",
    thanks: "/jobs/:job/applications/thanks",
  },
  jobOf: (seed) => `${numberOfSeed(seed)}-opening`,
  seedOf: (job) => seedOfNumber(job.replace(/-opening$/, "")),
  form,
  nameOf,
  applyPage,
  thanks: ({ word }) => [word("thanks"), word("received")],
  styles: `.dropzone { border: 1px dashed #889; padding: 1rem; }`,
  extend,
});

function extend(app: FastifyInstance): void {
  let script: string | undefined;
  app.get("/practice/dropzone.js", async (_request, reply) => {
    script ??= bundleScript(join(import.meta.dirname, "client/dropzone.ts"));
    return await reply.type("text/javascript").send(script);
  });
}

function form(given: SeededPosting, quirks: ReadonlySet<string>): LightForm {
  const hasPrivacyConsent = given.hasPrivacyConsent || quirks.has("consent");
  const posting = { ...given, hasPrivacyConsent };
  const { word, questions, equalOpportunity } = posting;
  return {
    basics: [
      field({ id: "first_name", label: word("firstName"), kind: "text" }),
      field({ id: "last_name", label: word("lastName"), kind: "text" }),
      field({ id: "email", label: word("email"), kind: "email" }),
      field({ id: "phone", label: word("phone"), kind: "tel" }),
      field({ id: "resume", label: word("resume"), kind: "file" }),
    ],
    questions: [...questions, ...equalOpportunity, ...consentOf(posting, "1")],
    honeypots: [honeypot("resume_remote_url", word("resume"))],
  };
}

function nameOf({ id, kind }: FormField): string {
  if (id === "consent") return "candidate[consent_given]";
  const place = /^question_(\d+)$/.exec(id)?.[1];
  if (place === undefined) return `candidate[${id.replace(/^honeypot_/, "")}]`;
  return `candidate[answers_attributes][${place}][${answerParts[kind] ?? "text"}]`;
}

const answerParts: Partial<Record<FormField["kind"], string>> = {
  "yes-no": "boolean",
  radio: "choice",
  select: "choice",
  checkboxes: "choice",
  number: "number",
  date: "date",
};

function applyPage({ posting, form, errors, quirks }: LightPage): Html {
  const { basics, questions } = form;
  const lateMs = quirks.has("later-dropzone") ? 3_000 : 900;
  const draw = (one: FormField): Html => {
    const { id, label, required, kind } = one;
    const name = nameOf(one);
    const control = name.replaceAll("][", "_").replace("[", "_").replace("]", "");
    const words = html`${label}${required && html` <span class="required">*</span>`}`;
    const error = errors[id] !== undefined && html`<p class="error">${errors[id]}</p>`;
    if (kind === "file") return upload({ words, error, lateMs });
    if (kind === "checkbox") {
      return html`<div class="field" data-practice="${id}">
        <input type="hidden" name="${name}" value="0" />
        <input type="checkbox" id="${control}" name="${name}" value="1" />
        <label for="${control}">${words}</label>${error}
      </div>`;
    }
    if (kind === "radio" || kind === "yes-no" || kind === "checkboxes") {
      return html`<fieldset data-practice="${id}">
        <legend>${words}</legend>
        ${nativeControl(one, { id: control, name, choose: "" })}${error}
      </fieldset>`;
    }
    return html`<div class="field" data-practice="${id}">
      <label for="${control}">${words}</label>
      ${nativeControl(one, { id: control, name, choose: posting.word("choose") })}${error}
    </div>`;
  };
  return html`<h1>${posting.title}</h1>
    <form id="job-application-form" method="post" enctype="multipart/form-data" novalidate>
      ${basics.map(draw)} ${questions.map(draw)}
      <button type="submit">${posting.word("submit")}</button>
    </form>
    <script src="/practice/dropzone.js"></script>`;
}

function upload({
  words,
  error,
  lateMs,
}: {
  readonly words: Html;
  readonly error: Html | false;
  readonly lateMs: number;
}): Html {
  return html`<div class="field">
    <div data-practice="honeypot_resume_remote_url">
      <label for="candidate_resume_remote_url">${words}</label>
      <input
        type="text"
        id="candidate_resume_remote_url"
        name="candidate[resume_remote_url]"
        autocomplete="off"
      />
    </div>
    <div class="dropzone" data-practice="resume" data-late="${lateMs}"></div>
    ${error}
  </div>`;
}
