import { isIP } from "node:net";

/** Where a request wants to go, in the one spelling by which everything here compares. */
export interface EgressTarget {
  /** A name in lower case without the dot at its end, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `host:port` as a proxy is given it. Every spelling of an address that a browser or a resolver
 * would understand (`2130706433`, `0x7f.1`, `127.1`, full-width digits, `[::ffff:7f00:1]`) comes out
 * as the address it means; what has no host, no port or a user name in it is none.
 */
export function readAuthority(text: string): EgressTarget | undefined {
  const [, host, digits] = /^(\[[\da-f:.]+\]|[^\s[\]:/\\@?#%]+):(\d{1,5})$/i.exec(text) ?? [];
  if (host === undefined || digits === undefined) return undefined;
  const port = Number(digits);
  const url = port >= 1 && port <= 65_535 ? URL.parse(`http://${host}/`) : null;
  return url === null ? undefined : targetOf(url.hostname, port);
}

/** The target of an absolute `http:` address; undefined for any other. */
export function readHttpUrl(text: string): { url: URL; target: EgressTarget } | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== "http:" || url.username !== "" || url.password !== "") return undefined;
  const target = targetOf(url.hostname, url.port === "" ? 80 : Number(url.port));
  return target === undefined ? undefined : { url, target };
}

/** The target of a parsed `http:` or `https:` address; undefined for any other and for one with a user name. */
export function readWebTarget(url: URL): EgressTarget | undefined {
  if (url.username !== "" || url.password !== "") return undefined;
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  const usual = url.protocol === "https:" ? 443 : 80;
  return targetOf(url.hostname, url.port === "" ? usual : Number(url.port));
}

/** As `allowPrivate` and the latch know a target: an IPv6 address in brackets. */
export function targetKey({ host, port }: EgressTarget): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function targetOf(hostname: string, port: number): EgressTarget | undefined {
  const host = hostname.replace(/^\[|\]$|\.$/g, "");
  return host === "" || port === 0 ? undefined : { host, port };
}
