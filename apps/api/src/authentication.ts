import { ValetError } from "@valet/contracts";
import { type Db, type UserRow, findUserByApiKey } from "@valet/db";
import type { FastifyRequest } from "fastify";

const users = new WeakMap<FastifyRequest, UserRow>();

/** A hook that lets only requests with a known `Authorization: Bearer <API key>` pass. */
export function requireApiKey(db: Db): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const apiKey = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const user = apiKey === undefined ? undefined : await findUserByApiKey(db, apiKey);
    if (user === undefined) throw unauthorized(apiKey === undefined);
    users.set(request, user);
  };
}

/** Who sent the request. Only for routes behind `requireApiKey`. */
export function userOf(request: FastifyRequest): UserRow {
  const user = users.get(request);
  if (user === undefined) throw new Error("This route is not behind requireApiKey.");
  return user;
}

function unauthorized(isMissing: boolean): ValetError {
  return new ValetError(
    "UNAUTHORIZED",
    isMissing
      ? "This request carries no API key. Nothing was done. Send the header `Authorization: Bearer <API key>`."
      : "This API key is not known. Nothing was done. Check the key, or ask an admin for a new one.",
  );
}
