import type { FastifyInstance } from "fastify";

import { field, type FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";
import { challengeBox } from "../light-sites/challenge.ts";
import { createLightSite, type LightPage } from "../light-sites/create-light-site.ts";
import { consentOf, type LightForm } from "../light-sites/light-form.ts";
import { type SeededPosting, seededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed, seedOfNumber } from "../postings/seeds.ts";
import { nativeControl } from "../vendor-hosts/native-control.ts";
import { publishedOffer } from "./published-offer.ts";

/** Radios of one pixel behind their labels, and a cookie dialog with a submit button of its own. */
export const recruitee = createLightSite({
  name: "recruitee",
  host: "recruitee.com",
  quirks: [
    { name: "cookie-dialog", description: "A dialog with a submit button comes first." },
    {
      name: "challenge",
      description: "A click on submit brings a challenge for a person.",
      outcome: "wall",
    },
  ],
  paths: { posting: "/o/:job", form: "/o/:job/c/new", thanks: "/o/:job/applied" },
  jobOf: (seed) => `opening-${numberOfSeed(seed)}`,
  seedOf: seedOfJob,
  form,
  nameOf,
  applyPage,
  thanks: ({ language, word }) =>
    language === "en"
      ? ["All done!", "Your application has been sent."]
      : [word("thanks"), word("received")],
  styles: `
input[type=radio] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); margin: -1px; }
.choice { position: relative; display: inline-block; margin-right: .6rem; }
.choice label { border: 1px solid #889; padding: .3rem 1rem; cursor: pointer; }
input:checked + label { background: #223; color: #fff; }
.cookie-dialog { position: fixed; right: 1rem; bottom: 1rem; background: #fff; border: 1px solid #889; padding: 1rem; }`,
  extend,
});

function extend(app: FastifyInstance): void {
  app.get<{ Params: { job: string } }>("/api/offers/:job", async ({ params }, reply) => {
    const seed = seedOfJob(params.job);
    if (seed === undefined) return await reply.code(404).send({ error: ["not_found"] });
    return { offer: publishedOffer(seededPosting(seed), params.job) };
  });
}

function seedOfJob(job: string): number | undefined {
  return seedOfNumber(job.replace(/^opening-/, ""));
}

function form(posting: SeededPosting, quirks: ReadonlySet<string>): LightForm {
  const { word, questions, equalOpportunity, hasCoverLetter } = posting;
  const cookies = field({ id: "honeypot_cookies", label: "Statistics", kind: "checkbox" });
  return {
    basics: [
      field({ id: "name", label: word("fullName"), kind: "text" }),
      field({ id: "email", label: word("email"), kind: "email" }),
      field({ id: "phone", label: word("phone"), kind: "tel" }),
      field({ id: "resume", label: word("resume"), kind: "file" }),
      ...(hasCoverLetter
        ? [
            field({
              id: "coverLetter",
              label: word("coverLetter"),
              kind: "textarea",
              required: false,
            }),
          ]
        : []),
    ],
    questions: [...questions, ...equalOpportunity, ...consentOf(posting, "1")],
    honeypots: quirks.has("cookie-dialog") ? [{ ...cookies, required: false }] : [],
  };
}

/** The number in a name is not the question's own. */
function nameOf({ id, kind }: FormField): string {
  if (id === "resume") return "candidate.cv";
  if (id.startsWith("honeypot_")) return "statistics";
  const number = /^question_(\d+)$/.exec(id)?.[1];
  const part = kind === "yes-no" ? "flag" : "content";
  if (number !== undefined)
    return `candidate.openQuestionAnswers.${Number(number) + 90_000}.${part}`;
  return `candidate.${id}`;
}

function applyPage({ posting, form, errors, quirks }: LightPage): Html {
  const { basics, questions, honeypots } = form;
  const draw = (one: FormField): Html => {
    const { id, label, required, kind } = one;
    const name = nameOf(one);
    const control = `input-${name}`;
    const words = html`${label}${required && html`<span>*</span>`}`;
    const error = errors[id] !== undefined && html`<div class="error">${errors[id]}</div>`;
    if (kind === "radio" || kind === "yes-no" || kind === "checkboxes") {
      return html`<fieldset data-practice="${id}">
        <legend>${words}</legend>
        ${nativeControl(one, { id: control, name, choose: "" })}${error}
      </fieldset>`;
    }
    if (kind === "checkbox") {
      return html`<div class="field" data-practice="${id}">
        <input type="checkbox" id="${control}" name="${name}" value="1" />
        <label for="${control}">${words}</label>${error}
      </div>`;
    }
    return html`<div class="field" data-practice="${id}">
      <label for="${control}">${words}</label>
      ${
        kind === "file"
          ? html`<input type="file" id="${control}" name="${name}" />`
          : nativeControl(one, { id: control, name, choose: posting.word("choose") })
      }${error}
    </div>`;
  };
  return html`<h1>${posting.title}</h1>
    <form id="offer-application-form" method="post" enctype="multipart/form-data" novalidate>
      ${basics.map(draw)} ${questions.map(draw)}
      ${quirks.has("challenge") && challengeBox(posting, { kind: "hcaptcha", isLate: true })}
      <button type="submit" data-testid="submit-application-form-button">
        ${posting.word("submit")}
      </button>
    </form>
    ${
      honeypots.length > 0 &&
      html`<div class="cookie-dialog" role="dialog" aria-label="Cookies">
        <form method="get">
          <p>We use cookies.</p>
          <div data-practice="honeypot_cookies">
            <input type="checkbox" id="statistics" name="statistics" value="1" />
            <label for="statistics">Statistics</label>
          </div>
          <button type="submit">Accept all</button>
        </form>
      </div>`
    }`;
}
