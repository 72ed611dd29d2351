import type { Task } from "@valet/contracts";

type Named = Pick<Task, "jobUrl" | "employer" | "posting">;

/** What a job is called: by its page, else by the words in its address. */
export function jobTitle({ jobUrl, posting }: Named): string {
  return posting.title ?? posting.pageTitle ?? titleInAddress(jobUrl);
}

/** Who looks for somebody: by the page, else as the address calls them. */
export function employerName({ jobUrl, employer, posting }: Named): string {
  return posting.company ?? employer ?? URL.parse(jobUrl)?.hostname ?? jobUrl;
}

/** `senior-engineer-42` of `…/jobs/senior-engineer-42/apply`; numbers and ids alone tell nobody anything. */
function titleInAddress(jobUrl: string): string {
  const parts = (URL.parse(jobUrl)?.pathname ?? "").split("/").map(decoded);
  const word = parts.findLast((part) => /\p{L}{3}/u.test(part) && !general.has(part.toLowerCase()));
  return word === undefined ? jobUrl : word.replaceAll(/[-_+]+/gu, " ").trim();
}

const general = new Set([
  "apply",
  "application",
  "jobs",
  "job",
  "careers",
  "positions",
  "view",
  "o",
]);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** For a link: nothing else than a web page is opened from here. */
export function webAddress(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}
