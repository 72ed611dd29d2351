import { z } from "zod";
import { type Route, Scope, problems } from "./route.ts";

/** A key as lists show it: enough to tell it apart, nothing that opens anything. */
export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    /** The first six random characters; null for keys from before there were hints. */
    hint: z.string().nullable(),
    scopes: z.array(Scope),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    /** Right to the minute. */
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;

/** The only answers that hold a key itself. */
export const NewApiKey = ApiKey.extend({ apiKey: z.string() }).meta({ id: "NewApiKey" });
export type NewApiKey = z.infer<typeof NewApiKey>;

/** How long a rotated key goes on, in seconds. */
export const rotationOverlap = { usual: 24 * 60 * 60, longest: 7 * 24 * 60 * 60 } as const;

const KeyParams = z.object({ id: z.string() });

export const listApiKeysRoute = {
  method: "GET",
  url: "/api-keys",
  access: "account",
  schema: {
    summary: "List API keys, newest first; those that ended stay listed for 30 days",
    tags: ["identity"],
    response: { 200: z.object({ apiKeys: z.array(ApiKey) }), ...problems },
  },
} as const satisfies Route;

export const CreateApiKeyBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** None that the caller does not have. */
  scopes: z.array(Scope).min(1).max(Scope.options.length),
  /** Without it the key is good until it is revoked. */
  expiresInDays: z.number().int().min(1).max(3650).optional(),
});
export type CreateApiKeyBody = z.infer<typeof CreateApiKeyBody>;

export const createApiKeyRoute = {
  method: "POST",
  url: "/api-keys",
  access: "account",
  schema: {
    summary: "Make an API key; the answer holds it, and nothing shows it again",
    tags: ["identity"],
    body: CreateApiKeyBody,
    response: { 201: NewApiKey, ...problems },
  },
} as const satisfies Route;

export const rotateApiKeyRoute = {
  method: "POST",
  url: "/api-keys/:id/rotate",
  access: "account",
  schema: {
    summary: "Make a key of the same name and scopes; the old one ends after the overlap",
    tags: ["identity"],
    params: KeyParams,
    body: z.strictObject({
      /** A day unless given. */
      overlapSeconds: z.number().int().min(0).max(rotationOverlap.longest).optional(),
    }),
    response: { 201: NewApiKey, ...problems },
  },
} as const satisfies Route;

export const revokeApiKeyRoute = {
  method: "DELETE",
  url: "/api-keys/:id",
  access: "account",
  schema: {
    summary: "Revoke a key at once, and every login that was made with it",
    tags: ["identity"],
    params: KeyParams,
    response: { 200: ApiKey, ...problems },
  },
} as const satisfies Route;
