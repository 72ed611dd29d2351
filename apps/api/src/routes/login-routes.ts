import { type Me, getMeRoute, loginRoute, logoutRoute } from "@valet/contracts";
import { addLoginSession, endLoginSession } from "@valet/db";
import type { App } from "../app-type.ts";
import type { ApiDeps } from "../deps.ts";
import { byApiKey, unauthorized } from "../identity/authenticate.ts";
import { type Person, personOf } from "../identity/person.ts";
import { loginLimit } from "../identity/rate-limits.ts";
import {
  assertOwnPage,
  clearSessionCookie,
  readSessionCookie,
  setSessionCookie,
} from "../identity/session-cookie.ts";

export function registerLoginRoutes(app: App, deps: ApiDeps): void {
  const { live } = deps;

  app.route({
    ...loginRoute,
    config: { rateLimit: loginLimit },
    handler: async (request, reply) => {
      // Else another site could log a person in as somebody else.
      if (request.headers.origin !== undefined) assertOwnPage(live, request);
      const known = await byApiKey(deps, request.body.apiKey);
      if (known === undefined) throw unauthorized(false);
      const { user, scopes, apiKeyId } = known;
      const token = await addLoginSession(deps.database.db, { apiKeyId, userId: user.id });
      setSessionCookie(reply, live, token);
      return reply
        .header("cache-control", "no-store")
        .send(meOf({ user, scopes: new Set(scopes), how: "session" }));
    },
  });

  app.route({
    ...logoutRoute,
    handler: async (request, reply) => {
      const token = readSessionCookie(request);
      if (token !== undefined) await endLoginSession(personOf(request).db, token);
      clearSessionCookie(reply, live);
      return reply.code(204).send(null);
    },
  });

  app.route({ ...getMeRoute, handler: async (request) => meOf(personOf(request)) });
}

function meOf({ user, scopes, how }: Pick<Person, "user" | "scopes" | "how">): Me {
  const { id, name, role } = user;
  return { id, name, role, scopes: [...scopes], how };
}
