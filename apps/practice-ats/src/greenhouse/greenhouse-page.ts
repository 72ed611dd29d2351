import { html, jsonForScript, type Html } from "../html.ts";
import { company, type Job } from "../job-catalogue.ts";
import { submitReplies } from "../submit-replies.ts";
import { greenhouseForm } from "./greenhouse-form.ts";
import { englishWords } from "./page-words.ts";
import type { Posting } from "./posting.ts";

export const assetsPath = "/greenhouse/assets";

/** The page of an open job, at its posting and at its confirmation address: the script draws it. */
export function applicationPage(board: string, job: Job): Html {
  const path = `/greenhouse/${encodeURIComponent(board)}/jobs/${job.name}`;
  return postingPage({
    path,
    confirmationPath: `${path}/confirmation`,
    submitPath: `${path}/applications`,
    uploadPath: `/greenhouse/${encodeURIComponent(board)}/uploads`,
    choicesPath: "/greenhouse/referral-sources",
    searchPath: null,
    job: job.name,
    title: job.title,
    company,
    location: job.location,
    form: greenhouseForm(job),
    words: englishWords(job.title, company),
  });
}

export function postingPage(posting: Posting, language = "en"): Html {
  return shell(
    { title: `Job Application for ${posting.title} at ${posting.company}`, language },
    html`<div id="root"></div>
      <script type="application/json" id="posting">
        ${jsonForScript(posting)}
      </script>
      <script type="module" src="${assetsPath}/app.js"></script>`,
  );
}

export function closedPage(job: Pick<Job, "title">): Html {
  return shell(
    { title: `${job.title} at ${company}` },
    html`<main class="main">
      <h1 class="section-header">${job.title}</h1>
      <p>${submitReplies.closed}.</p>
    </main>`,
  );
}

export function missingPage(): Html {
  return shell(
    { title: "Page not found" },
    html`<main class="main">
      <h1 class="section-header">Page not found</h1>
      <p>There is no such job on this board.</p>
    </main>`,
  );
}

interface ShellHead {
  readonly title: string;
  readonly language?: string;
}

function shell({ title, language = "en" }: ShellHead, content: Html): Html {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${assetsPath}/app.css" />
      </head>
      <body>
        ${content}
      </body>
    </html>`;
}
