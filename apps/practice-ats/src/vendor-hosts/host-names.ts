import type { FastifyRequest } from "fastify";

/**
 * Matches a request's `Host` for one of these names. By hand the same pages are reached below
 * `localhost`, which every browser finds on this machine: `jobs.lever.co.localhost:PORT`.
 */
export function hostPattern(hosts: readonly string[]): RegExp {
  const names = hosts.map((host) =>
    host.startsWith("*.") ? String.raw`[a-z\d.-]+${literal(host.slice(1))}` : literal(host),
  );
  return new RegExp(String.raw`^(?:${names.join("|")})(?:\.localhost)?(?::\d+)?$`, "i");
}

function literal(host: string): string {
  return host.replaceAll(".", String.raw`\.`);
}

/** The origin of another host of the practice sites, reached the way this request was. */
export function originOf(host: string, request: FastifyRequest): string {
  const local = /\.localhost(?::\d+)?$/i.exec(request.host)?.[0];
  return local === undefined ? `https://${host}` : `http://${host}${local}`;
}

/** Without `.localhost` and port: what the vendor would see. */
export function vendorHost(request: FastifyRequest): string {
  return request.hostname.toLowerCase().replace(/\.localhost$/, "");
}

/** What `?quirk=` asks for. */
export function quirksOf(request: FastifyRequest): ReadonlySet<string> {
  const query = new URL(request.url, "http://practice").searchParams.get("quirk") ?? "";
  return new Set(query.split(",").filter((name) => name !== ""));
}

/** The request's query as it came, with its question mark; empty when there is none. */
export function queryOf(request: FastifyRequest): string {
  return new URL(request.url, "http://practice").search;
}
