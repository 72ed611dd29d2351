import { pathOf } from "../host-label.ts";
import type { JobAddress } from "../job-address.ts";

const hosts = /^(?:job-boards|boards)(?:\.eu)?\.greenhouse\.io$/u;

/**
 * Hosted boards, the embedded form, and pages of the employer that name the job in `gh_jid`. The job's
 * number alone is its key: Greenhouse gives each out once, and an employer's own page does not tell the board.
 */
export function greenhouseAddress(url: URL): JobAddress | undefined {
  const id = isGreenhouseHost(url) ? hostedJob(url) : numberOf(url.searchParams.get("gh_jid"));
  return id === undefined
    ? undefined
    : { site: "greenhouse", jobKey: `greenhouse:${id}`, formUrl: url };
}

/** A host of Greenhouse itself that shows postings. */
export function isGreenhouseHost(url: URL): boolean {
  return hosts.test(url.hostname.toLowerCase());
}

function hostedJob(url: URL): string | undefined {
  const [first, second, third] = pathOf(url);
  const { searchParams } = url;
  if (first === "embed") {
    return numberOf(searchParams.get("token")) ?? numberOf(searchParams.get("gh_jid"));
  }
  return second === "jobs" ? numberOf(third) : numberOf(searchParams.get("gh_jid"));
}

function numberOf(text: string | null | undefined): string | undefined {
  return /^\d{1,20}$/u.test(text ?? "") ? String(BigInt(text ?? "")) : undefined;
}
