import {
  misled,
  newsletter,
  proofs,
  proved,
  type ResponsePage,
  unknownSite,
} from "./confirmation-addresses.fixture.ts";

type Words = Readonly<Record<"thanks" | "received" | "next" | "errors", string>>;

const languages: readonly Words[] = [
  {
    thanks: "Thank you for applying",
    received: "Your application has been received.",
    next: "If your experience fits, we will write to you within two weeks.",
    errors: "Please correct the 2 fields marked below.",
  },
  {
    thanks: "Application submitted",
    received: "We have received your application and will be in touch.",
    next: "Once we have read it you will hear from us.",
    errors: "2 errors: Email is invalid, Phone is required.",
  },
  {
    thanks: "Vielen Dank für Ihre Bewerbung",
    received: "Ihre Bewerbung ist bei uns eingegangen.",
    next: "Sobald wir sie gelesen haben, melden wir uns.",
    errors: "Bitte korrigieren Sie die 2 markierten Felder.",
  },
  {
    thanks: "Merci d’avoir postulé",
    received: "Votre candidature a bien été envoyée.",
    next: "Nous vous écrirons dans les deux semaines.",
    errors: "Veuillez corriger les 2 champs indiqués.",
  },
  {
    thanks: "Gracias por su solicitud",
    received: "Hemos recibido su solicitud.",
    next: "Le escribiremos en dos semanas.",
    errors: "Por favor, corrija los 2 campos marcados.",
  },
];

const form = (extra = "") =>
  `<form id="application"><h2>Apply for this job</h2>${extra}
   <p><label>First Name <input name="first" value="Ada"></label></p>
   <p><label>Last Name <input name="last" value="Example"></label></p>
   <p><label>Email <input name="email" type="email" value="ada@example.com"></label></p>
   <p><label>Phone <input name="phone" aria-invalid="${extra === "" ? "false" : "true"}"></label></p>
   <p><label>Resume <input name="resume" type="file"></label></p>
   <button type="submit">Submit application</button></form>`;

const header = `<header><nav><a href="/">Jobs</a> <a href="/login">Sign in</a></nav></header>`;
const footer = `<footer><p>Already applied? <a href="/login">Sign in to see your application.</a></p></footer>`;
const cookies = `<div role="dialog" class="cookie-banner"><p>Thanks for accepting cookies. Some are required.</p><button>Accept</button></div>`;

const confirmations: readonly ((words: Words) => string)[] = [
  ({ thanks, received }) => `<main><h1>${thanks}</h1><p>${received}</p></main>`,
  ({ thanks, received, next }) =>
    `${header}<main><h2>${thanks}!</h2><p>${received} ${next}</p></main>${footer}`,
  ({ received }) => `<div role="status"><p>${received}</p></div>${newsletter}`,
  ({ thanks, next }) =>
    `${header}<section><h3>${thanks}.</h3><p>${next}</p></section>${newsletter}`,
  ({ thanks, received }) =>
    `<main><h1>${thanks}</h1><p>${received}</p><div hidden>${form()}</div></main>${cookies}`,
];

interface Doubtful {
  readonly name: string;
  readonly isStored: boolean;
  readonly status?: number;
  readonly path?: string;
  readonly markup: (words: Words) => string;
}

const doubtful: readonly Doubtful[] = [
  {
    name: "an error with status 200",
    isStored: true,
    markup: () => `<main><h1>Something went wrong</h1><p>Please try again later.</p></main>`,
  },
  {
    name: "thanks for the interest, and errors",
    isStored: false,
    markup: ({ errors }) =>
      `<main><div role="alert">Thank you for your interest. ${errors}</div>${form(`<p class="error">${errors}</p>`)}</main>`,
  },
  {
    name: "thanks for applying, and errors without a form",
    isStored: false,
    markup: ({ thanks, errors }) => `<main><h1>${thanks}</h1><p>${errors}</p></main>`,
  },
  {
    name: "a confirmation that is hidden beside the form",
    isStored: false,
    markup: ({ thanks, received }) =>
      `<main><div style="display:none"><h1>${thanks}</h1><p>${received}</p></div>${form()}</main>`,
  },
  {
    name: "a confirmation in a template",
    isStored: false,
    markup: ({ thanks }) => `<template><h1>${thanks}</h1></template><main>${form()}</main>`,
  },
  {
    name: "a sign-in page",
    isStored: false,
    path: "/login",
    markup: () =>
      `<main><h1>Sign in</h1><form><label>Email <input name="user"></label><label>Password <input type="password"></label><button>Sign in</button></form></main>`,
  },
  {
    name: "an application that was there already",
    isStored: false,
    markup: () => `<main><h1>You have already applied to this job</h1></main>`,
  },
  {
    name: "the posting with a word about what will be",
    isStored: false,
    markup: ({ next }) =>
      `${header}<main><h1>Software Engineer</h1><p>After your application has been submitted you get an email. ${next}</p><a href="/apply">Apply now</a></main>`,
  },
  {
    name: "the address of a confirmation with the form on it",
    isStored: false,
    path: "/jobs/1/thanks",
    markup: () => `<main>${form()}</main>`,
  },
  {
    name: "a server error",
    isStored: true,
    status: 502,
    markup: () => `<h1>502 Bad Gateway</h1>`,
  },
  {
    name: "a server error that says thanks",
    isStored: true,
    status: 500,
    markup: ({ thanks }) => `<h1>${thanks}</h1><p>Internal server error</p>`,
  },
  {
    name: "a page that is still sending",
    isStored: true,
    markup: () => `<main aria-busy="true"><p>Submitting your application…</p></main>`,
  },
  {
    name: "an email that has to be confirmed first",
    isStored: false,
    markup: () =>
      `<main><h1>Almost done</h1><p>Check your inbox and confirm your email address to complete your application.</p></main>`,
  },
  {
    name: "what was not sent",
    isStored: false,
    markup: () =>
      `<main><h1>Your application has not been submitted</h1><p>Your session expired.</p></main>`,
  },
  {
    name: "an emptied form",
    isStored: true,
    markup: () => `<main>${form().replaceAll(/value="[^"]*"/gu, "")}</main>`,
  },
  {
    name: "an empty page",
    isStored: true,
    markup: () => "<main></main>",
  },
  {
    name: "a draft that was saved",
    isStored: false,
    markup: () =>
      `<main><h1>Saved</h1><p>Your draft application has been saved. Thank you for applying soon.</p></main>`,
  },
  {
    name: "thanks that are hidden, and a code to enter",
    isStored: false,
    markup: ({ thanks }) =>
      `<main><h1 style="visibility:hidden">${thanks}</h1><p>We sent a code to your email.</p><label>Security code <input autocomplete="one-time-code"></label><button>Verify</button></main>`,
  },
  {
    name: "another employer's thanks on an advertisement",
    isStored: false,
    markup: () =>
      `<main>${form()}</main><aside><p>“Thank you for applying” – how we treat applicants. Read our blog.</p></aside>`,
  },
  {
    name: "a limit that was reached",
    isStored: false,
    markup: () =>
      `<main><div role="alert">You can submit 3 applications in 60 days. This application was not accepted.</div>${form("<p></p>")}</main>`,
  },
];

/** At least 200 pages, half of them such that a hasty reader would be wrong. */
export function responsePages(): readonly ResponsePage[] {
  const clear = languages.flatMap((words, language) =>
    confirmations.flatMap((markup, layout) =>
      [200, 201, 302, 303].map((submitStatus): ResponsePage => ({
        name: `confirmation ${language}.${layout} after ${submitStatus}`,
        ...unknownSite,
        url: `https://jobs.example.com/jobs/1/${layout % 2 === 0 ? "thanks" : "apply"}`,
        status: 200,
        markup: markup(words),
        submitStatus,
        isStored: true,
        isConfirmed: true,
      })),
    ),
  );
  const hasty = doubtful.flatMap(
    ({ name, isStored, status = 200, path = "/jobs/1/apply", markup }) =>
      languages.map((words, language): ResponsePage => ({
        name: `${name} (${language})`,
        ...unknownSite,
        url: `https://jobs.example.com${path}`,
        status,
        markup: markup(words),
        submitStatus: status,
        isStored,
        isConfirmed: false,
      })),
  );
  // What is doubtful anywhere is so at the address of a confirmation.
  const atProof = hasty.map((page, at): ResponsePage => {
    const { site, job, confirmation } = proofs[at % proofs.length] ?? {
      ...unknownSite,
      confirmation: page.url,
    };
    return { ...page, name: `${site}: ${page.name}`, site, job, url: confirmation };
  });
  return [...clear, ...hasty, ...proved(), ...misled(), ...atProof];
}
