import { type DialResult, createDialer, readWebTarget, targetKey } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import { type NetworkPolicy, isPrivateAddress } from "@valet/domain";

/** The way to receivers of webhooks: public ones, and what the operator allows by name and port. */
export interface ReceiverDialer {
  /** The address in the one spelling that is stored. Throws `WEBHOOK_URL_REFUSED`. */
  readonly assertAllowed: (text: string) => Promise<URL>;
  /** Judges the stored address anew and dials what was judged, in one look at the name. */
  readonly dial: (url: URL, signal: AbortSignal) => Promise<DialResult>;
}

export type ReceiverPolicy = Pick<NetworkPolicy, "allowPrivate" | "lookUpHost"> & {
  /** Besides those allowed by name; 443 and 80 unless given. */
  readonly ports?: ReadonlySet<number>;
  readonly isPrivateAddress?: (address: string) => boolean;
};

const webPorts: ReadonlySet<number> = new Set([443, 80]);

/**
 * Practice sites do not bound it: what goes to a receiver are ids and states, and who tries Valet out wants to
 * see them arrive.
 */
export function createReceiverDialer(policy: ReceiverPolicy): ReceiverDialer {
  const { allowPrivate, lookUpHost, ports = webPorts } = policy;
  // Each by its name: a dialer that is given practice hosts as well lets everything on this machine be dialled.
  const judging = { lookUpHost, isPrivateAddress: policy.isPrivateAddress ?? isPrivateAddress };
  const outside = createDialer({ ...judging, allowPrivate: new Set() });
  const allowed = createDialer({ ...judging, allowPrivate });

  function routeOf(url: URL) {
    const target = readWebTarget(url);
    if (target === undefined) return "credentials";
    if (allowPrivate.has(targetKey(target))) return { target, dialer: allowed };
    if (url.protocol !== "https:") return "not_https";
    return ports.has(target.port) ? { target, dialer: outside } : "port";
  }

  return {
    async assertAllowed(text) {
      const url = readUrl(text);
      if (url === undefined) throw refused("not_an_address");
      const route = routeOf(url);
      if (typeof route === "string") throw refused(route);
      const verdict = await route.dialer.judge(route.target);
      if (verdict === "refused") throw refused("private");
      if (verdict === "unreachable") throw refused("unknown_host");
      return url;
    },
    async dial(url, signal) {
      const route = routeOf(url);
      if (typeof route === "string") return { kind: "refused" };
      return route.dialer.dial(route.target, signal);
    },
  };
}

/** What two programs may read as two addresses is none: spaces, control characters, backslashes. */
function readUrl(text: string): URL | undefined {
  if (/[\s\\\p{Cc}]/u.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  url.hash = "";
  return url;
}

type Refusal = keyof typeof refusals;

const refusals = {
  not_an_address: "This is not a web address. Give one that begins with https://.",
  credentials:
    "The address holds a user name or password, which would be stored and shown. Leave them out: every message is signed, so the receiver can tell who sent it.",
  not_https: "The address is not https. Give one that begins with https://.",
  port: "The address names a port where receivers of webhooks are not expected. Use port 443.",
  private:
    "The address points inside a private network or to this machine, where Valet does not go. Give a public one, or have the operator allow it with VALET_ALLOW_PRIVATE.",
  unknown_host:
    "The host of this address could not be found. Check the address for typing mistakes.",
} as const;

function refused(reason: Refusal): ValetError {
  return new ValetError("WEBHOOK_URL_REFUSED", `${refusals[reason]} Nothing was changed.`, {
    reason,
  });
}
