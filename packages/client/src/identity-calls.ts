import {
  type ApiKey,
  type CreateApiKeyBody,
  type Me,
  type NewApiKey,
  createApiKeyRoute,
  getMeRoute,
  loginRoute,
  logoutRoute,
  listApiKeysRoute,
  revokeApiKeyRoute,
  rotateApiKeyRoute,
} from "@valet/contracts";
import { type Transport, callRoute, request } from "./call-route.ts";

/** Who the caller is, and their keys. */
export interface IdentityCalls {
  whoAmI(signal?: AbortSignal): Promise<Me>;
  /** In a page of Valet's own server: from then on its cookie stands for the key. */
  logIn(apiKey: string, signal?: AbortSignal): Promise<Me>;
  /** Ends the login of this browser. */
  logOut(signal?: AbortSignal): Promise<void>;
  listApiKeys(signal?: AbortSignal): Promise<ApiKey[]>;
  /** The answer holds the key, which nothing shows again. */
  createApiKey(body: CreateApiKeyBody, signal?: AbortSignal): Promise<NewApiKey>;
  /** A key in the place of another, which ends after the overlap: a day unless given. */
  rotateApiKey(
    keyId: string,
    body?: { readonly overlapSeconds?: number },
    signal?: AbortSignal,
  ): Promise<NewApiKey>;
  revokeApiKey(keyId: string, signal?: AbortSignal): Promise<ApiKey>;
}

export function identityCalls(transport: Transport): IdentityCalls {
  const idOf = (id: string) => ({ params: { id } });
  return {
    whoAmI: (signal) => callRoute(transport, getMeRoute, {}, signal),
    logIn: (apiKey, signal) => callRoute(transport, loginRoute, { body: { apiKey } }, signal),
    logOut: async (signal) => void (await request(transport, logoutRoute, {}, signal)),
    listApiKeys: async (signal) =>
      (await callRoute(transport, listApiKeysRoute, {}, signal)).apiKeys,
    createApiKey: (body, signal) => callRoute(transport, createApiKeyRoute, { body }, signal),
    rotateApiKey: (keyId, body = {}, signal) =>
      callRoute(transport, rotateApiKeyRoute, { ...idOf(keyId), body }, signal),
    revokeApiKey: (keyId, signal) => callRoute(transport, revokeApiKeyRoute, idOf(keyId), signal),
  };
}
