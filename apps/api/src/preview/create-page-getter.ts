import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { createDialer } from "@valet/browser";
import { type NetworkPolicy, isPrivateAddress } from "@valet/domain";
import type { GetPage, ServedPage } from "@valet/sites";
import { assertSiteAllowed } from "@valet/sites/addresses";
import { LRUCache } from "lru-cache";
import { Agent, type Dispatcher, request } from "undici";

/** Of one document, with all redirects on the way to it. */
const limitMs = 8_000;
const mostRedirects = 5;
const mostBytes = 4 * 1024 * 1024;
/** However often people ask, a site sees one request for a page in this time. */
const keptMs = 60_000;
const mostKept = 200;

export interface PageGetter {
  readonly getPage: GetPage;
  close(): Promise<void>;
}

/**
 * Gets public pages of job sites for previews: only where a browser of ours might go as well, with nothing
 * of a person in the request, and each page at most once a minute, whoever asks. Sites that forbid programs
 * are refused on every redirect too.
 */
export function createPageGetter(policy: NetworkPolicy): PageGetter {
  const agent = createAgent(policy);
  const kept = new LRUCache<string, ServedPage>({
    max: mostKept,
    ttl: keptMs,
    fetchMethod: (address) => follow(agent, new URL(address)).catch(() => undefined),
  });
  return {
    async getPage(url, signal) {
      const page = await Promise.race([kept.fetch(url.href), aborted(signal)]);
      signal.throwIfAborted();
      return page;
    },
    close: () => agent.close(),
  };
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

async function follow(agent: Agent, from: URL): Promise<ServedPage> {
  const signal = AbortSignal.timeout(limitMs);
  let url = from;
  for (let redirects = 0; ; redirects += 1) {
    assertSiteAllowed(url);
    const answer = await request(url, { dispatcher: agent, signal, headers: headersOf() });
    const next = redirects < mostRedirects ? redirectOf(answer, url) : undefined;
    if (next === undefined) {
      const text = await answer.body.text();
      return { url, status: answer.statusCode, headers: textHeaders(answer), text };
    }
    await answer.body.dump();
    url = next;
  }
}

/** Nothing in them says who asks; what a site sends must come as it is, since its size is bounded. */
function headersOf(): Record<string, string> {
  return {
    "user-agent":
      "Valet-Preview/1 (looks whether a job is open, for the person who wants to apply)",
    accept: "text/html, application/json;q=0.9",
    "accept-language": "en",
    "accept-encoding": "identity",
  };
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: URL): URL | undefined {
  const to = [headers["location"]].flat()[0];
  if (![301, 302, 303, 307, 308].includes(statusCode) || to === undefined) return undefined;
  return URL.parse(to, from) ?? undefined;
}

function textHeaders({ headers }: Dispatcher.ResponseData): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(", ")]),
  );
}

/** Every connection is judged and dialled in one look at the name, as the browsers' are. */
function createAgent({ allowPrivate, practiceHosts, lookUpHost }: NetworkPolicy): Agent {
  const dialer = createDialer({ allowPrivate, practiceHosts, lookUpHost, isPrivateAddress });
  const ca = practiceHosts?.authority;
  return new Agent({
    maxResponseSize: mostBytes,
    connect: (options, callback) => {
      const isSecure = options.protocol === "https:";
      const port = Number(options.port === "" ? (isSecure ? 443 : 80) : options.port);
      const host = options.hostname.replace(/^\[|\]$/g, "");
      dialer
        .dial({ host, port }, AbortSignal.timeout(limitMs))
        .then((dialled) => {
          if (dialled.kind !== "connected") throw new Error(dialled.kind);
          return isSecure ? secured(dialled.socket, host, ca) : dialled.socket;
        })
        .then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(error instanceof Error ? error : new Error("failed"), null),
        );
    },
  });
}

function secured(socket: Socket, host: string, ca: string | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const tls = connectTls({
      socket,
      servername: host,
      ALPNProtocols: ["http/1.1"],
      ...(ca === undefined ? {} : { ca }),
    });
    tls.once("secureConnect", () => resolve(tls)).once("error", reject);
  });
}
