import { pathOf } from "../host-label.ts";
import { siteOfHost } from "../site-domains.ts";

/** Parts of addresses that name no employer. */
const common =
  /^(?:www|jobs?|job-?boards|boards|careers?|uscareers|external|internal|apply|openings?|positions?|recruiting|company|oneclick-ui|embed|search|details|app|eu|wd\d+|[a-z]{2}(?:-[a-z]{2})?|[a-z]|[\da-f-]{36}|\d.*)$/iu;

/** What the address of a posting on a known system calls the employer, as letters and digits. */
export function employerNames(address: URL): string[] {
  if (siteOfHost(address) === "generic") return [];
  const labels = address.hostname.split(".").slice(0, -2);
  const parts = [
    address.searchParams.get("for") ?? "",
    ...labels.map((label) => label.replace(/^[a-z]*careers-/iu, "")),
    ...pathOf(address).slice(0, 4),
  ];
  const [name] = parts.filter((part) => part !== "" && !common.test(part));
  return name === undefined ? [] : [folded(name)].filter(isTelling);
}

/** Whether a host bears one of the names. */
export function bearsName({ hostname }: URL, names: readonly string[]): boolean {
  const own = folded(ownDomain(hostname).split(".")[0] ?? "");
  return names.some((name) => own.includes(name) || (isTelling(own) && name.includes(own)));
}

/** `careers.acme.co.uk` → `acme.co.uk`: the part that somebody registered, near enough. */
export function ownDomain(hostname: string): string {
  const labels = hostname.toLowerCase().split(".");
  const isLong = /\.(?:com?|org|net|gov|edu|ac)\.[a-z]{2}$/u.test(`.${labels.join(".")}`);
  return labels.slice(isLong ? -3 : -2).join(".");
}

/** An employer's name as its addresses may spell it. */
export function folded(name: string): string {
  const plain = name.normalize("NFKD").toLowerCase();
  return plain
    .replace(/\b(?:inc|llc|ltd|limited|gmbh|ag|se|plc|corp|corporation|company|co)\b\.?/gu, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function isTelling(name: string): boolean {
  return name.length >= 3;
}
