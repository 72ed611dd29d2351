import { BlockList, isIP } from "node:net";
import { type PracticeHosts, ValetError, isPracticeHost } from "@valet/contracts";

/** Ranges that are not the public internet (RFC 6890 registries, cloud metadata included). */
const privateRanges = blockListOf([
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  // Addresses that carry an IPv4 address: as such, behind a translator, behind a relay.
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  // Protocol assignments, Teredo among them.
  ["2001::", 23],
  ["100::", 64],
  ["2001:db8::", 32],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
]);

function blockListOf(ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) {
    list.addSubnet(address, prefix, address.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}

export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const mapped = /^::ffff:(.+)$/i.exec(address)?.[1];
  if (mapped !== undefined && isIP(mapped) === 4) return isPrivateAddress(mapped);
  return privateRanges.check(address, version === 6 ? "ipv6" : "ipv4");
}

/** Turns a host name into its addresses; rejects or gives none when the name is unknown. */
export type LookUpHost = (host: string) => Promise<readonly string[]>;

export interface NetworkPolicy {
  /** `host:port` of sites on this machine that may be opened; for demo and tests only (design §9). */
  readonly allowPrivate: ReadonlySet<string>;
  /** With practice sites under the vendors' names no other host may be opened (design §9). */
  readonly practiceHosts?: PracticeHosts | undefined;
  readonly lookUpHost: LookUpHost;
}

/**
 * Refuses addresses inside this machine or network, so that a job address can never be used to
 * look behind the firewall. The address is checked again where the browser connects.
 */
export async function assertPublicAddress(policy: NetworkPolicy, url: URL): Promise<void> {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  if (policy.allowPrivate.has(`${url.hostname}:${port}`)) return;
  if (policy.practiceHosts !== undefined) {
    const isTheirs = url.protocol === "https:" && port === "443";
    if (isTheirs && isPracticeHost(policy.practiceHosts, url.hostname)) return;
    throw notPractised();
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || host.endsWith(".localhost") || isPrivateAddress(host))
    throw privateAddress();
  if (isIP(host) !== 0) return;
  const addresses = await policy.lookUpHost(host).catch(() => []);
  if (addresses.length === 0) {
    throw new ValetError(
      "JOB_URL_UNKNOWN_HOST",
      "The site of this address could not be found. Nothing was started. Check the address for typing mistakes.",
    );
  }
  if (addresses.some(isPrivateAddress)) throw privateAddress();
}

/** Whether a host (with its port, unless that is the usual one) is this machine's own: there is nobody to spare. */
export function isOwnHost(
  { allowPrivate, practiceHosts }: Pick<NetworkPolicy, "allowPrivate" | "practiceHosts">,
  host: string,
): boolean {
  return practiceHosts !== undefined || allowPrivate.has(host) || allowPrivate.has(`${host}:80`);
}

function notPractised(): ValetError {
  return new ValetError(
    "JOB_URL_UNKNOWN_HOST",
    "This Valet practises: it reaches the practice sites and nothing else. Nothing was started. Use the address of a practice job, or start Valet without VALET_PRACTICE_HOSTS.",
  );
}

function privateAddress(): ValetError {
  return new ValetError(
    "JOB_URL_PRIVATE",
    "This address points inside a private network, where Valet does not go. Nothing was started. Use the job's public address.",
  );
}

/** Reads `VALET_ALLOW_PRIVATE`: `host:port` addresses separated by commas. */
export function parseAllowPrivate(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  );
}
