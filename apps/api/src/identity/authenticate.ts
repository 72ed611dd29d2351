import { type Scope, ValetError } from "@valet/contracts";
import { findKeyHolder, markApiKeyUsed } from "@valet/db";
import type { FastifyRequest } from "fastify";
import type { ApiDeps } from "../deps.ts";
import { accessOf } from "./access.ts";
import { type Person, rememberPerson } from "./person.ts";

type Known = Pick<Person, "user" | "how"> & { readonly scopes: readonly Scope[] };

/**
 * A hook that lets only known people pass: by `Authorization: Bearer <API key>`. Routes that are `public`
 * it leaves alone.
 */
export function authenticate(deps: ApiDeps): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (accessOf(request) === "public") return;
    const bearer = readBearer(request);
    const known = bearer === undefined ? undefined : await byApiKey(deps, bearer);
    if (known === undefined) throw unauthorized(bearer === undefined);
    rememberPerson(request, personFor(deps, known));
  };
}

/** The header's token; an empty text where the header is something else. */
function readBearer({ headers }: FastifyRequest): string | undefined {
  if (headers.authorization === undefined) return undefined;
  return /^Bearer +(\S+)$/i.exec(headers.authorization)?.[1] ?? "";
}

export async function byApiKey(deps: ApiDeps, apiKey: string): Promise<Known | undefined> {
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
  return { user, scopes, how: "api_key" };
}

function personFor({ people, ring }: ApiDeps, { user, scopes, how }: Known): Person {
  const db = people.forPerson(user.id);
  return { user, scopes: new Set(scopes), how, db, writer: { db, ring } };
}

/** Why a key is no good is told nobody. */
export function unauthorized(isMissing: boolean): ValetError {
  return new ValetError(
    "UNAUTHORIZED",
    isMissing
      ? "This request carries no API key. Nothing was done. Send the header `Authorization: Bearer <API key>`."
      : "This API key is not known, or not good any more. Nothing was done. Check the key, or ask an admin for a new one.",
  );
}
