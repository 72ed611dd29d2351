import { once } from "node:events";
import { BlockList, type LookupFunction, type Socket, connect, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { type PracticeHosts, isPracticeHost } from "@valet/contracts";
import { type EgressTarget, targetKey } from "./read-target.ts";

export interface EgressPolicy {
  /** `host:port` that is dialled although it is private. If there is any, only this machine is. */
  readonly allowPrivate: ReadonlySet<string>;
  /** With these, every other host is refused but this machine's own. */
  readonly practiceHosts?: PracticeHosts | undefined;
  /** All addresses of a name; rejects or gives none when it is unknown. Asked once per dial. */
  readonly lookUpHost: (host: string) => Promise<readonly string[]>;
  /** Whether an address belongs to this machine or network, or to no one. */
  readonly isPrivateAddress: (address: string) => boolean;
}

export type DialResult =
  | { readonly kind: "connected"; readonly socket: Socket }
  /** The policy does not let it out: nothing was dialled. */
  | { readonly kind: "refused" }
  /** Unknown, silent or aborted. */
  | { readonly kind: "unreachable" };

export interface Dialer {
  /** What a dial would meet now, without one; the address is judged again when it is dialled. */
  judge(target: EgressTarget): Promise<"permitted" | "refused" | "unreachable">;
  dial(target: EgressTarget, signal: AbortSignal): Promise<DialResult>;
}

const connectLimitMs = 30_000;

/**
 * Opens what a browser's connections to the outside are made of, and nothing that leads inside. A
 * name is resolved once, all its addresses are judged, and exactly those are dialled: an answer that
 * changes afterwards (DNS rebinding) is never asked for.
 */
export function createDialer(policy: EgressPolicy): Dialer {
  return {
    async judge(target) {
      const { kind } = await findRoute(policy, target);
      return kind === "dial" ? "permitted" : kind;
    },
    async dial(target, signal) {
      const route = await findRoute(policy, target);
      if (route.kind !== "dial") return route;
      return connectTo(route, AbortSignal.any([signal, AbortSignal.timeout(connectLimitMs)]));
    },
  };
}

type Route =
  | { readonly kind: "dial"; readonly addresses: readonly string[]; readonly port: number }
  | { readonly kind: "refused" }
  | { readonly kind: "unreachable" };

const refused = { kind: "refused" } as const;
const unreachable = { kind: "unreachable" } as const;

async function findRoute(policy: EgressPolicy, target: EgressTarget): Promise<Route> {
  const { host, port } = target;
  const { allowPrivate, practiceHosts } = policy;
  const mayBePrivate = allowPrivate.has(targetKey(target));
  if (!mayBePrivate && (practiceHosts !== undefined || allowPrivate.size > 0)) {
    return findRouteHere(target, practiceHosts);
  }
  if (!mayBePrivate && nonWebPorts.has(port)) return refused;
  const addresses = isIP(host) === 0 ? await lookUp(policy, host) : [host];
  if (addresses.length === 0) return unreachable;
  if (!addresses.every((address) => isIP(address) !== 0 && !address.includes("%"))) return refused;
  if (mayBePrivate) return { kind: "dial", addresses, port };
  const own = ownAddresses();
  const leadsInside = addresses.some(
    (address) =>
      policy.isPrivateAddress(address) || own.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"),
  );
  return leadsInside ? refused : { kind: "dial", addresses, port };
}

/** Demo and tests hold practice sites only; nothing real may be reached by mistake. */
function findRouteHere({ host, port }: EgressTarget, practiceHosts?: PracticeHosts): Route {
  if (host === "localhost" || host === "127.0.0.1") {
    return { kind: "dial", addresses: ["127.0.0.1"], port };
  }
  if (practiceHosts === undefined || port !== 443 || !isPracticeHost(practiceHosts, host)) {
    return refused;
  }
  const [address = "", at] = practiceHosts.address.split(":");
  return { kind: "dial", addresses: [address], port: Number(at) };
}

async function lookUp(policy: EgressPolicy, host: string): Promise<readonly string[]> {
  try {
    return await policy.lookUpHost(host);
  } catch {
    return [];
  }
}

/**
 * A public address of this very machine leads past the firewall that stands before it, to whatever
 * listens here. Read at each dial, since addresses come and go.
 */
function ownAddresses(): BlockList {
  const list = new BlockList();
  for (const { address, family } of Object.values(networkInterfaces()).flatMap(
    (all) => all ?? [],
  )) {
    list.addAddress(address, family === "IPv6" ? "ipv6" : "ipv4");
  }
  return list;
}

async function connectTo(
  { addresses, port }: Route & { readonly kind: "dial" },
  signal: AbortSignal,
): Promise<DialResult> {
  if (signal.aborted) return unreachable;
  // The resolver of this connection is the list that was judged; Node tries its addresses in turn.
  const lookup: LookupFunction = (_host, _options, answer) =>
    answer(
      null,
      addresses.map((address) => ({ address, family: isIP(address) })),
    );
  const socket = connect({ host: "judged", port, lookup, ...options });
  socket.on("error", () => undefined); // a failed dial is a result, a later failure a close
  const abort = (): void => void socket.destroy();
  signal.addEventListener("abort", abort, { once: true });
  try {
    await Promise.race([once(socket, "connect"), once(socket, "close")]);
  } catch {
    return unreachable;
  } finally {
    signal.removeEventListener("abort", abort);
  }
  if (socket.destroyed || socket.pending) return unreachable;
  socket.setNoDelay(true);
  return { kind: "connected", socket };
}

const options = {
  /** The end of one direction is passed on as such. */
  allowHalfOpen: true,
  autoSelectFamily: true,
  /** Node's own 250 ms are less than a far site takes. */
  autoSelectFamilyAttemptTimeout: 1_000,
};

/** Services on well-known ports that are no web sites; Chromium itself does not ask for them. */
const nonWebPorts: ReadonlySet<number> = new Set([
  7, 9, 19, 20, 21, 22, 23, 25, 37, 43, 53, 69, 79, 110, 111, 113, 119, 123, 135, 137, 138, 139,
  143, 161, 179, 389, 445, 465, 512, 513, 514, 515, 548, 554, 563, 587, 631, 636, 989, 990, 993,
  995,
]);
