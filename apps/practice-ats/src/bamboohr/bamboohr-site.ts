import { join } from "node:path";

import type { FastifyInstance } from "fastify";

import { bundleScript } from "../bundle-script.ts";
import { field, type FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";
import { challengeBox } from "../light-sites/challenge.ts";
import { createLightSite, type LightPage } from "../light-sites/create-light-site.ts";
import { consentOf, honeypot, type LightForm } from "../light-sites/light-form.ts";
import { type SeededPosting, seededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed, seedOfNumber } from "../postings/seeds.ts";
import { nativeControl } from "../vendor-hosts/native-control.ts";
import { publishedForm } from "./published-form.ts";

/** Two file inputs of which the résumé's is the second, drawn menus, and a published form. */
export const bamboohr = createLightSite({
  name: "bamboohr",
  host: "bamboohr.com",
  quirks: [
    {
      name: "challenge",
      description: "A challenge for a person stands above the button from the start.",
      outcome: "wall",
    },
    { name: "shown-honeypot", description: "Only its words tell that a line is a trap." },
  ],
  paths: { posting: "/careers/:job", form: "/careers/:job/apply", thanks: "/careers/:job/thanks" },
  jobOf: numberOfSeed,
  seedOf: seedOfNumber,
  form,
  nameOf: ({ id }) => id.replace(/^honeypot_/, ""),
  applyPage,
  thanks: ({ word }) => [word("thanks"), word("received")],
  styles: `
.fab-SelectToggle { width: 100%; text-align: left; }
.fab-MenuVessel { position: absolute; z-index: 5; background: #fff; border: 1px solid #889; }
.fab-MenuOption { padding: .4rem 1rem; cursor: pointer; }
.nickname { position: absolute; left: -5000px; }`,
  extend,
});

function extend(app: FastifyInstance): void {
  let script: string | undefined;
  app.get("/practice/menus.js", async (_request, reply) => {
    script ??= bundleScript(join(import.meta.dirname, "client/menus.ts"));
    return await reply.type("text/javascript").send(script);
  });
  app.get<{ Params: { job: string } }>("/careers/:job/detail", async ({ params }, reply) => {
    const seed = seedOfNumber(params.job);
    if (seed === undefined) return await reply.code(404).send({});
    return publishedForm(seededPosting(seed));
  });
}

function form(posting: SeededPosting): LightForm {
  const { word, questions, equalOpportunity } = posting;
  return {
    basics: [
      field({ id: "firstName", label: word("firstName"), kind: "text" }),
      field({ id: "lastName", label: word("lastName"), kind: "text" }),
      field({ id: "email", label: word("email"), kind: "email" }),
      field({ id: "phone", label: word("phone"), kind: "tel" }),
      field({ id: "coverLetter", label: word("coverLetter"), kind: "file", required: false }),
      field({ id: "resume", label: word("resume"), kind: "file" }),
    ],
    questions: [...questions, ...equalOpportunity, ...consentOf(posting, "1")],
    honeypots: [honeypot("nickname_hpcsaf", "Please leave this field blank")],
  };
}

function applyPage({ posting, form, errors, quirks }: LightPage): Html {
  const { basics, questions, honeypots } = form;
  const trapBox = quirks.has("shown-honeypot") ? "field" : "nickname";
  const draw = (one: FormField): Html => {
    const { id, label, required, kind } = one;
    const control =
      kind === "select"
        ? menu(one, posting)
        : kind === "file"
          ? html`<input type="file" id="${id}" name="${id}" />`
          : kind === "checkbox"
            ? html`<input type="checkbox" id="${id}" name="${id}" value="1" />`
            : nativeControl(one, { id, name: id, choose: posting.word("choose") });
    const isGroup = kind === "radio" || kind === "yes-no" || kind === "checkboxes";
    const words = html`${label}${required && html`<span class="fab-Label__required">*</span>`}`;
    const error = errors[id] !== undefined && html`<p class="error">${errors[id]}</p>`;
    return isGroup
      ? html`<fieldset data-practice="${id}">
          <legend>${words}</legend>
          ${control}${error}
        </fieldset>`
      : html`<div class="field" data-practice="${id}">
          <label id="${id}_label" for="${id}">${words}</label>${control}${error}
        </div>`;
  };
  return html`<h1>${posting.title}</h1>
    <form id="careerApplicationForm" method="post" enctype="multipart/form-data" novalidate>
      ${basics.map(draw)}
      ${honeypots.map(
        ({ id, label }) =>
          html`<div class="${trapBox}" data-practice="${id}">
            <label for="nickname_hpcsaf">${label}</label>
            <input id="nickname_hpcsaf" name="nickname_hpcsaf" type="text" autocomplete="off" />
          </div>`,
      )}
      ${questions.map(draw)}
      ${quirks.has("challenge") && challengeBox(posting, { kind: "recaptcha", isLate: false })}
      <button type="submit" class="fab-Button">${posting.word("submit")}</button>
    </form>
    <script src="/practice/menus.js"></script>`;
}

/** The menu itself is drawn at the end of the page when it is opened. */
function menu({ id, choices, required }: FormField, { word }: SeededPosting): Html {
  return html`<div class="fab-Select">
    <select name="${id}" hidden tabindex="-1" aria-hidden="true">
      <option value="">${word("choose")}</option>
      ${choices.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
    </select>
    <button
      type="button"
      id="${id}"
      class="fab-SelectToggle"
      aria-haspopup="listbox"
      aria-expanded="false"
      aria-labelledby="${id}_label"
      ${required && html`aria-required="true"`}
    >
      <span class="fab-SelectToggle__content fab-SelectToggle__placeholder">${word("choose")}</span>
    </button>
  </div>`;
}
