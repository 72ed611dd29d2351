import { html, type Html } from "../html.ts";
import { company, type Job } from "../job-catalogue.ts";
import { pageLayout } from "../page-layout.ts";
import { submitReplies } from "../submit-replies.ts";
import { jobPath } from "./plain-paths.ts";

export function postingPage(job: Job): Html {
  return sitePage(
    `${job.title} at ${company}`,
    html`<h1>${job.title}</h1>
      <p class="soft">${company} · ${job.location} · Full time</p>
      <p>
        We build the software that moves parcels between small islands. You will work in a team of
        five on the services that plan each day's routes.
      </p>
      <h2>What you will do</h2>
      <ul>
        <li>Design, write and run services that other people depend on</li>
        <li>Review the work of others and have yours reviewed</li>
        <li>Take part in a calm on-call rota</li>
      </ul>
      <p><a class="button" href="${jobPath(job)}/apply">Apply for this job</a></p>`,
  );
}

export function closedPage(job: Job): Html {
  return sitePage(
    `${job.title} at ${company}`,
    html`<h1>${job.title}</h1>
      <p class="soft">${company} · ${job.location}</p>
      <p>${submitReplies.closed}.</p>`,
  );
}

export function missingPage(): Html {
  return messagePage("Page not found", "There is no such job on this site.");
}

export function tooManyPage(): Html {
  return messagePage("Too many requests", "Please slow down and come again in a while.");
}

export function messagePage(title: string, message: string): Html {
  return sitePage(
    title,
    html`<h1>${title}</h1>
      <p>${message}</p>`,
  );
}

export function thanksPage(job: Job, confirmation: string): Html {
  return sitePage(
    "Thank you for applying",
    html`<h1>Thank you for applying</h1>
      <p>We have received your application for ${job.title} at ${company}.</p>
      <p>
        Your confirmation number is <strong id="confirmation-number">${confirmation}</strong>.
      </p>`,
  );
}

/** The frame of every page of this site. */
export function sitePage(title: string, content: Html): Html {
  return pageLayout(
    title,
    html`<header>${company}</header>
      <main>${content}</main>`,
  );
}
