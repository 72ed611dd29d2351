import type { IncomingHttpHeaders } from "node:http";
import { type Scope, ValetError } from "@valet/contracts";
import {
  findLogin,
  findKeyHolder,
  findOrAddUserBySubject,
  markApiKeyUsed,
  scopesOf,
} from "@valet/db";
import type { FastifyRequest } from "fastify";
import type { ApiDeps } from "../deps.ts";
import { accessOf } from "./access.ts";
import { type Person, rememberPerson } from "./person.ts";
import { assertOwnPage, readSessionCookie } from "./session-cookie.ts";

type Known = Pick<Person, "user" | "how" | "credential"> & { readonly scopes: readonly Scope[] };

/** What it takes to find out who somebody is. */
export type IdentityDeps = Pick<ApiDeps, "database" | "verifyToken" | "log">;

/**
 * A hook that lets only known people pass: by `Authorization: Bearer <API key or token>`, and without that
 * header by the cookie of a login. Routes that are `public` it leaves alone.
 */
export function authenticate(deps: ApiDeps): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (accessOf(request) === "public") return;
    const bearer = readBearer(request.headers);
    const cookie = readSessionCookie(request);
    const known = await (bearer === undefined ? byLogin(deps, request) : byBearer(deps, bearer));
    if (known === undefined) throw unauthorized(bearer === undefined && cookie === undefined);
    rememberPerson(request, personFor(deps, known));
  };
}

/** The header's token; an empty text where the header is something else. */
export function readBearer({ authorization }: IncomingHttpHeaders): string | undefined {
  if (authorization === undefined) return undefined;
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
}

async function byLogin(deps: ApiDeps, request: FastifyRequest): Promise<Known | undefined> {
  const cookie = readSessionCookie(request);
  const login = cookie === undefined ? undefined : await findLogin(deps.database.db, cookie);
  if (login === undefined) return undefined;
  assertOwnPage(deps.live, request);
  const { user, scopes, apiKeyId, loginHash } = login;
  return { user, scopes, how: "session", credential: { apiKeyId, loginHash, goodUntil: null } };
}

/** A token has three parts with dots between them, a key has none. */
export function byBearer(deps: IdentityDeps, bearer: string): Promise<Known | undefined> {
  return bearer.includes(".") ? byToken(deps, bearer) : byApiKey(deps, bearer);
}

/** What a person may do is said by their row alone, whatever their token claims. */
async function byToken(
  { verifyToken, database }: IdentityDeps,
  token: string,
): Promise<Known | undefined> {
  const verified = await verifyToken?.(token);
  if (verified === undefined) return undefined;
  const user = await findOrAddUserBySubject(database.db, verified.subject);
  if (user === undefined) return undefined;
  const { goodUntil } = verified;
  const credential = { apiKeyId: null, loginHash: null, goodUntil };
  return { user, scopes: scopesOf(user.role), how: "token", credential };
}

export async function byApiKey(
  deps: IdentityDeps,
  apiKey: string,
): Promise<(Known & { readonly apiKeyId: string }) | undefined> {
  const { db } = deps.database;
  const holder = await findKeyHolder(db, apiKey);
  if (holder === undefined) return undefined;
  const { apiKeyId, user, scopes, isLongUnmarked } = holder;
  if (isLongUnmarked) {
    // Nobody waits for it.
    markApiKeyUsed(db, apiKeyId).catch((err: unknown) =>
      deps.log.warn({ err, apiKeyId }, "the use of a key was not written down"),
    );
  }
  const credential = { apiKeyId, loginHash: null, goodUntil: null };
  return { user, scopes, apiKeyId, how: "api_key", credential };
}

function personFor({ people, ring }: ApiDeps, { user, scopes, ...known }: Known): Person {
  const db = people.forPerson(user.id);
  return { ...known, user, scopes: new Set(scopes), db, writer: { db, ring } };
}

/** Why a key is no good is told nobody. */
export function unauthorized(isMissing: boolean): ValetError {
  return new ValetError(
    "UNAUTHORIZED",
    isMissing
      ? "This request carries no API key. Nothing was done. Send the header `Authorization: Bearer <API key>`."
      : "This API key or sign-in token is not known, or not good any more. Nothing was done. Check it, or ask for a new one.",
  );
}
