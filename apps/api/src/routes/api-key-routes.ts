import {
  createApiKeyRoute,
  listApiKeysRoute,
  revokeApiKeyRoute,
  rotateApiKeyRoute,
  rotationOverlap,
} from "@valet/contracts";
import {
  type MadeApiKey,
  addApiKey,
  apiKeyOf,
  assertMayGive,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from "@valet/db";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";

export function registerApiKeyRoutes(app: App): void {
  app.route({
    ...listApiKeysRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const rows = await listApiKeys(db, user.id);
      return { apiKeys: rows.map(apiKeyOf) };
    },
  });

  app.route({
    ...createApiKeyRoute,
    handler: async (request, reply) => {
      const { db, user, scopes: mayGive } = personOf(request);
      const { name, scopes, expiresInDays: lifetimeDays = null } = request.body;
      assertMayGive(scopes, mayGive);
      const made = await addApiKey(db, { userId: user.id, name, scopes, lifetimeDays });
      return reply.code(201).header("cache-control", "no-store").send(shownOnce(made));
    },
  });

  app.route({
    ...rotateApiKeyRoute,
    // The usual overlap needs no body.
    preValidation: async (request) => {
      request.body ??= {};
    },
    handler: async (request, reply) => {
      const { db, user, scopes: mayGive } = personOf(request);
      const { overlapSeconds = rotationOverlap.usual } = request.body;
      const { id } = request.params;
      const made = await rotateApiKey(db, { id, userId: user.id, overlapSeconds, mayGive });
      return reply.code(201).header("cache-control", "no-store").send(shownOnce(made));
    },
  });

  app.route({
    ...revokeApiKeyRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      return apiKeyOf(await revokeApiKey(db, { id: request.params.id, userId: user.id }));
    },
  });
}

function shownOnce({ row, apiKey }: MadeApiKey) {
  return { ...apiKeyOf(row), apiKey };
}
