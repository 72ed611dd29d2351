import type { FieldErrors, FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";
import { company, type Job } from "../job-catalogue.ts";
import type { Draft } from "./create-drafts.ts";
import { contactFields, hasErrors, questionFields } from "./plain-form.ts";
import { sitePage } from "./plain-pages.ts";
import { captchaField } from "./captcha.ts";
import { draftPath, jobPath } from "./plain-paths.ts";
import { renderField } from "./render-field.ts";

interface ContactView {
  readonly job: Job;
  readonly draft: Draft | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
}

export function contactPage({ job, draft, values, errors }: ContactView): Html {
  const action = draft ? draftPath(job, draft, "contact") : `${jobPath(job)}/apply`;
  return stepPage(
    job,
    1,
    html`${errorSummary(contactFields, errors)}
      <form method="post" action="${action}">
        ${contactFields.map((field) =>
          renderField(field, { value: values[field.id] ?? "", error: errors[field.id] }),
        )}
        <div class="actions"><button type="submit">Continue</button></div>
      </form>`,
  );
}

interface QuestionsView {
  readonly job: Job;
  readonly draft: Draft;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
}

export function questionsPage({ job, draft, values, errors }: QuestionsView): Html {
  const fields = questionFields(job);
  return stepPage(
    job,
    2,
    html`${errorSummary(fields, errors)}
      <form
        method="post"
        action="${draftPath(job, draft, "questions")}"
        enctype="multipart/form-data"
      >
        ${fields.map((field) =>
          renderField(field, {
            value: values[field.id] ?? "",
            error: errors[field.id],
            attached: field.kind === "file" ? draft.resume?.name : undefined,
          }),
        )}
        <div class="actions">
          <button type="submit">Continue</button>
          <button type="submit" class="secondary" form="back">Back</button>
        </div>
      </form>
      ${backForm(draftPath(job, draft, "contact"))}`,
  );
}

export function reviewPage(job: Job, draft: Draft): Html {
  const values = { ...draft.contact, ...draft.answers, resume: draft.resume?.name ?? "" };
  return stepPage(
    job,
    3,
    html`<h2>Your contact details</h2>
      ${answerList(contactFields, values)}
      <h2>Your application</h2>
      ${answerList(questionFields(job), values)}
      <form method="post" action="${draftPath(job, draft, "review")}">
        ${job.variant.hasCaptcha && captchaField(draft)}
        <div class="actions">
          <button type="submit">Submit application</button>
          <button type="submit" class="secondary" form="back">Back</button>
        </div>
      </form>
      ${backForm(draftPath(job, draft, "questions"))}`,
  );
}

function answerList(fields: readonly FormField[], values: Readonly<Record<string, string>>): Html {
  const rows = fields.map((field) => {
    const value = values[field.id] ?? "";
    const label = field.choices.find((choice) => choice.value === value)?.label ?? value;
    return html`<dt>${field.label}</dt>
      <dd>${label || "–"}</dd>`;
  });
  return html`<dl>${rows}</dl>`;
}

function errorSummary(fields: readonly FormField[], errors: FieldErrors): Html | undefined {
  if (!hasErrors(errors)) return undefined;
  const items = fields.flatMap(({ id }) =>
    errors[id] === undefined ? [] : [html`<li><a href="#${id}">${errors[id]}</a></li>`],
  );
  return html`<div class="summary" role="alert">
    <p>We could not accept your application. Please correct the following:</p>
    <ul>
      ${items}
    </ul>
  </div>`;
}

/** A form of its own, so that going back carries none of the answers along. */
function backForm(action: string): Html {
  return html`<form id="back" method="get" action="${action}"></form>`;
}

function stepPage(job: Job, step: 1 | 2 | 3, content: Html): Html {
  const steps = ["Contact", "Questions", "Review"].map(
    (name, index) =>
      html`<li ${index + 1 === step && html`aria-current="step"`}>${index + 1}. ${name}</li>`,
  );
  return sitePage(
    `Apply: ${job.title} at ${company}`,
    html`<h1>Apply for ${job.title}</h1>
      <p class="soft">${company} · ${job.location}</p>
      <ol class="progress">
        ${steps}
      </ol>
      ${content}`,
  );
}
