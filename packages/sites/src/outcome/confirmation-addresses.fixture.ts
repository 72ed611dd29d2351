import type { SiteName } from "../site-names.ts";

/** A page that a site answers a submit with, made from parts. */
export interface ResponsePage {
  readonly name: string;
  /** Where the application was made. */
  readonly site: SiteName;
  readonly job: string;
  readonly url: string;
  readonly status: number;
  readonly markup: string;
  /** What the site answered to the request that submitted. */
  readonly submitStatus: number;
  /** Whether it keeps the application. */
  readonly isStored: boolean;
  /** What a careful person would say after seeing it. */
  readonly isConfirmed: boolean;
}

export const newsletter = `<form class="newsletter"><label>Get job alerts <input type="email" name="alerts"></label><button>Subscribe</button></form>`;

export const unknownSite = { site: "generic", job: "https://jobs.example.com/jobs/1" } as const;

/** A job, and the address its site gives to the page after a stored application. */
interface ProofAddress {
  readonly site: SiteName;
  readonly job: string;
  readonly confirmation: string;
}

export const proofs: readonly ProofAddress[] = [
  {
    site: "lever",
    job: "https://jobs.lever.co/northwind/5eed0000-0000-4000-8000-000000000003",
    confirmation: "https://jobs.lever.co/northwind/5eed0000-0000-4000-8000-000000000003/thanks",
  },
  {
    site: "greenhouse",
    job: "https://job-boards.greenhouse.io/northwind/jobs/7000003",
    confirmation: "https://job-boards.greenhouse.io/northwind/jobs/7000003/confirmation",
  },
  {
    site: "recruitee",
    job: "https://northwind.recruitee.com/o/engineer",
    confirmation: "https://northwind.recruitee.com/o/engineer/applied",
  },
];

/** Words that say nothing by themselves: only the address tells that the application arrived. */
const vague: readonly string[] = [
  "<main><h1>All set, Ada</h1><p>What happens next: our team reads everything.</p></main>",
  "<main><p>Wir melden uns in den nächsten Tagen.</p></main>",
  `<main><h2>C’est noté</h2><p>Nous vous écrirons bientôt.</p></main>${newsletter}`,
  "<header><a href='/'>Northwind</a></header><main><p>Hasta pronto.</p></main>",
];

interface Misleading {
  readonly name: string;
  readonly isStored?: boolean;
  readonly status?: number;
  /** Of the page, from where a confirmation would stand. */
  readonly address?: (proof: ProofAddress) => string;
  readonly markup: string;
}

const [calm = ""] = vague;
/** Pages that only a hasty reader of addresses takes for a confirmation. */
const misleading: readonly Misleading[] = [
  { name: "the word in a query", address: ({ job }) => `${job}?step=/confirmation`, markup: calm },
  { name: "the word behind a hash", address: ({ job }) => `${job}#/thanks`, markup: calm },
  {
    name: "a sign-in page on the way to it",
    address: ({ confirmation }) =>
      `${new URL(confirmation).origin}/login?next=${encodeURIComponent(new URL(confirmation).pathname)}`,
    markup: calm,
  },
  {
    name: "a sign-in page in its place",
    markup:
      "<main><h1>Welcome back</h1><form><label>Email <input name=user></label><label>Password <input type=password></label><button>Continue</button></form></main>",
  },
  {
    name: "a sign-in page without a password in its place",
    markup:
      "<main><h1>Sign in</h1><p>We will email you a link.</p><a href='/x'>Continue</a></main>",
  },
  {
    name: "the confirmation of another job",
    address: ({ confirmation }) => confirmation.replace(/3\/|engineer/u, (found) => `9${found}`),
    markup: calm,
  },
  {
    name: "the same path of another host",
    address: ({ confirmation }) => `https://jobs.example.com${new URL(confirmation).pathname}`,
    markup: calm,
  },
  {
    name: "the same address below another host",
    address: ({ confirmation }) => `https://jobs.example.com/${confirmation}`,
    markup: calm,
  },
  {
    name: "something below it",
    address: ({ confirmation }) => `${confirmation}/preview`,
    markup: calm,
  },
  {
    name: "an error said in its place",
    markup: "<main><h1>Oh no</h1><p>We were unable to submit what you sent us.</p></main>",
  },
  {
    name: "a fault counted in its place",
    markup: "<main><h1>Almost</h1><p>2 errors: Email is invalid.</p></main>",
  },
  {
    name: "an alert in its place",
    markup: `${calm}<div role="alert">Phone number rejected</div>`,
  },
  { name: "a page that is missing in its place", status: 404, markup: calm },
  { name: "a page that is refused in its place", status: 403, markup: calm },
  { name: "a broken server in its place", status: 503, isStored: true, markup: calm },
  { name: "nothing yet in its place", isStored: true, markup: "<main></main>" },
  {
    name: "work that goes on in its place",
    isStored: true,
    markup: "<main><p>Please wait while we are sending your answers</p></main>",
  },
  {
    name: "questions that go on in its place",
    markup:
      "<main><h1>One thing</h1><label>Which office? <input name=office></label><button type=button>OK</button></main>",
  },
  {
    name: "a link to follow first in its place",
    markup: "<main><h1>Hi Ada</h1><p>Verify your email: we sent you a link.</p></main>",
  },
  {
    name: "a posting in its place",
    markup: "<main><h1>Engineer</h1><a href='/apply'>Apply for this job</a></main>",
  },
  {
    name: "a closed posting in its place",
    markup: "<main><h1>Engineer</h1><p>This job is no longer accepting applications.</p></main>",
  },
];

/** Pages that only their address tells to be confirmations. */
export function proved(): ResponsePage[] {
  return proofs.flatMap(({ site, job, confirmation }) =>
    vague.map((markup, at) => ({
      name: `${site}: only the address confirms (${at})`,
      site,
      job,
      url: at % 2 === 0 ? confirmation : `${confirmation}?utm_source=x`,
      status: 200,
      markup,
      submitStatus: at % 2 === 0 ? 200 : 302,
      isStored: true,
      isConfirmed: true,
    })),
  );
}

/** Pages that neither their address nor its look makes one. */
export function misled(): ResponsePage[] {
  return proofs.flatMap((proof) =>
    misleading.map(({ name, isStored = false, status = 200, address, markup }) => ({
      name: `${proof.site}: ${name}`,
      site: proof.site,
      job: proof.job,
      url: address?.(proof) ?? proof.confirmation,
      status,
      markup,
      submitStatus: 200,
      isStored,
      isConfirmed: false,
    })),
  );
}
