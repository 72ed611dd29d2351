import { field, type FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";
import { createLightSite, type LightPage } from "../light-sites/create-light-site.ts";
import { consentOf, honeypot, type LightForm } from "../light-sites/light-form.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { nativeControl } from "../vendor-hosts/native-control.ts";

/** Fields that only a placeholder names, between traps for programs. */
export const breezy = createLightSite({
  name: "breezy",
  host: "breezy.hr",
  quirks: [
    { name: "shown-honeypot", description: "Only its name tells that a line is a trap." },
    { name: "placeholders", description: "The employer's questions have no other name either." },
    { name: "salary", description: "A wish for pay is asked in figures, without a word beside." },
  ],
  paths: { posting: "/p/:job", form: "/p/:job/apply", thanks: "/p/:job/thanks" },
  jobOf: (seed) => `5eed${seed.toString(16).padStart(8, "0")}-opening`,
  seedOf,
  form,
  nameOf,
  applyPage,
  thanks: ({ word }) => [word("thanks"), word("received")],
  styles: `.apply-field-extra { position: absolute; left: -9000px; } h3 span { color: #b00; }`,
});

function seedOf(job: string): number | undefined {
  const digits = /^5eed([\da-f]{8})(?:-|$)/.exec(job)?.[1];
  const seed = Number.parseInt(digits ?? "", 16);
  return seed < 1_000_000 ? seed : undefined;
}

function form(posting: SeededPosting, quirks: ReadonlySet<string>): LightForm {
  const { word, questions, equalOpportunity, hasCoverLetter } = posting;
  const optional = { required: false };
  return {
    basics: [
      field({ id: "name", label: word("fullName"), kind: "text" }),
      field({ id: "email", label: word("email"), kind: "email" }),
      field({ id: "phone", label: word("phone"), kind: "tel" }),
      ...(quirks.has("salary") ? [salaryOf(posting)] : []),
      field({ id: "resume", label: word("resume"), kind: "file" }),
      ...(hasCoverLetter
        ? [field({ id: "coverLetter", label: word("coverLetter"), kind: "textarea", ...optional })]
        : []),
    ],
    questions: [...questions, ...equalOpportunity, ...consentOf(posting, "1")],
    honeypots: [honeypot("hp_website", "Website"), honeypot("hp_name", "Name")],
  };
}

function salaryOf({ language }: SeededPosting): FormField {
  const labels = {
    en: "Desired Salary",
    de: "Gehaltswunsch",
    fr: "Salaire souhaité",
    es: "Salario deseado",
  };
  return field({ id: "salary", label: labels[language], kind: "text" });
}

const names: Readonly<Record<string, string>> = {
  name: "cName",
  email: "cEmail",
  phone: "cPhoneNumber",
  salary: "cSalary",
  resume: "cResume",
  coverLetter: "cCoverLetter",
  gender: "eeoc.gender",
  veteran: "eeoc.veteran",
  consent: "gdprConsent",
};

function nameOf({ id }: FormField): string {
  const place = /^question_(\d+)$/.exec(id)?.[1];
  if (place !== undefined) return `section_5eed_question_${place}`;
  return names[id] ?? id.replace(/^honeypot_/, "");
}

function applyPage({ posting, form, errors, quirks }: LightPage): Html {
  const { basics, questions, honeypots } = form;
  const trapBox = quirks.has("shown-honeypot") ? "field" : "apply-field-extra";
  const isLine = ({ kind }: FormField): boolean =>
    quirks.has("placeholders") && ["text", "url", "textarea", "number", "tel"].includes(kind);
  const error = (id: string) =>
    errors[id] !== undefined && html`<span class="error">${errors[id]}</span>`;
  const basic = (one: FormField): Html =>
    one.kind === "file"
      ? html`<div class="field" data-practice="${one.id}">
          <h3>${one.label} <span>*</span></h3>
          <input type="file" name="${nameOf(one)}" />${error(one.id)}
        </div>`
      : html`<div class="field" data-practice="${one.id}">
          ${nativeControl(one, {
            id: nameOf(one),
            name: nameOf(one),
            choose: "",
            placeholder: one.required ? `${one.label} *` : one.label,
          })}${error(one.id)}
        </div>`;
  const question = (one: FormField): Html => {
    const { id, label, required, kind } = one;
    const name = nameOf(one);
    if (kind === "checkbox") {
      return html`<div class="field" data-practice="${id}">
        <label><input type="checkbox" name="${name}" value="1" /> ${label}</label>${error(id)}
      </div>`;
    }
    return html`<div class="field" data-practice="${id}">
      <h3>${label}${required && html` <span>*</span>`}</h3>
      ${nativeControl(one, { id: name, name, choose: posting.word("choose") })}${error(id)}
    </div>`;
  };
  return html`<h1>${posting.title}</h1>
    <form name="form" method="post" enctype="multipart/form-data" novalidate>
      ${basics.map(basic)}
      <div class="${trapBox}">
        ${honeypots.map(
          (one) =>
            html`<div data-practice="${one.id}">
              <input type="text" name="${nameOf(one)}" placeholder="${one.label}" tabindex="-1" />
            </div>`,
        )}
      </div>
      ${questions.map((one) => (isLine(one) ? basic(one) : question(one)))}
      <button type="submit" class="button">${posting.word("submit")}</button>
    </form>`;
}
