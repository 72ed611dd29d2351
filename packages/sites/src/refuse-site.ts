import { ValetError } from "@valet/contracts";

/** Sites whose terms of use forbid automated use of their forms, with the name people know them by. */
const forbidding: readonly (readonly [domain: RegExp, name: string])[] = [
  [/(?:^|\.)linkedin\.com$/u, "LinkedIn"],
  [/(?:^|\.)lnkd\.in$/u, "LinkedIn"],
  [/(?:^|\.)indeed\.[a-z]{2,3}(?:\.[a-z]{2})?$/u, "Indeed"],
  [/(?:^|\.)glassdoor\.[a-z]{2,3}(?:\.[a-z]{2})?$/u, "Glassdoor"],
  [/(?:^|\.)ziprecruiter\.[a-z]{2,3}(?:\.[a-z]{2})?$/u, "ZipRecruiter"],
  [/(?:^|\.)monster\.[a-z]{2,3}(?:\.[a-z]{2})?$/u, "Monster"],
];

/** The name of a site whose terms do not let Valet in; undefined for all others. */
export function forbiddingSite(url: URL): string | undefined {
  const host = url.hostname.toLowerCase().replace(/\.$/u, "");
  return forbidding.find(([domain]) => domain.test(host))?.[1];
}

/** @throws ValetError `SITE_FORBIDS_AUTOMATION` for a site whose terms do not let Valet in. */
export function assertSiteAllowed(url: URL): void {
  const name = forbiddingSite(url);
  if (name === undefined) return;
  throw new ValetError(
    "SITE_FORBIDS_AUTOMATION",
    `${name} does not allow programs to apply for people, so Valet does not open it. Nothing was started. Look for the same job on the employer's own site and use that address.`,
    { site: name },
  );
}
