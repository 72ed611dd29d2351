import { mostBatchJobs } from "@valet/contracts";

export interface JobUrls {
  readonly urls: readonly string[];
  /** What was pasted and is no address of a web page. */
  readonly wrong: readonly string[];
  readonly isTooMany: boolean;
}

/** Addresses as people paste them: a line each, or with anything blank or a comma between; each once. */
export function parseJobUrls(text: string): JobUrls {
  const parts = text
    .split(/[\s,;]+/u)
    .map((part) => part.replace(/^\((.*)\)$/u, "$1").replaceAll(/^[<"'-]+|[>"']+$/gu, ""))
    .filter((part) => part !== "");
  const isAddress = (part: string) => /^https?:\/\/[^/]*\w/iu.test(part) && URL.canParse(part);
  const urls = [...new Set(parts.filter(isAddress))];
  return {
    urls,
    wrong: parts.filter((part) => !isAddress(part)),
    isTooMany: urls.length > mostBatchJobs,
  };
}
