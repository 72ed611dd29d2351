import { loginSeconds } from "@valet/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ValetError } from "@valet/contracts";
import { type LiveDeps, isAllowedOrigin } from "../live/live-deps.ts";

const name = "valet_session";

/** The token of a login; undefined where the cookie holds nothing of the kind. */
export function readSessionCookie({ cookies }: FastifyRequest): string | undefined {
  const token = cookies[name];
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}

export function setSessionCookie(reply: FastifyReply, live: LiveDeps, token: string): void {
  void reply.setCookie(name, token, { ...attributesOf(live), maxAge: loginSeconds });
}

export function clearSessionCookie(reply: FastifyReply, live: LiveDeps): void {
  void reply.clearCookie(name, attributesOf(live));
}

/** No script reads it, no other site sends it, and where people come by TLS it goes no other way. */
function attributesOf(live: LiveDeps) {
  const secure = live.publicOrigin().startsWith("https:");
  return { path: "/", httpOnly: true, sameSite: "strict", secure } as const;
}

/**
 * A browser adds a cookie to whatever any page sends: what changes something counts only from pages of ours.
 *
 * @throws ValetError `FORBIDDEN`.
 */
export function assertOwnPage(live: LiveDeps, { method, headers }: FastifyRequest): void {
  if (method === "GET" || method === "HEAD") return;
  if (isAllowedOrigin(live, headers.origin)) return;
  throw new ValetError(
    "FORBIDDEN",
    "This came with a login's cookie, but not from a page of this server. Nothing was done. If it is a page of yours, name its origin in VALET_ALLOWED_ORIGINS; programs send an API key.",
  );
}
