import {
  type CreateWebhookBody,
  type UpdateWebhookBody,
  type Webhook,
  type WebhookDelivery,
  type WebhookWithSecret,
  createWebhookRoute,
  deleteWebhookRoute,
  listWebhookDeliveriesRoute,
  listWebhooksRoute,
  replayWebhookDeliveryRoute,
  rotateWebhookSecretRoute,
  testWebhookRoute,
  updateWebhookRoute,
} from "@valet/contracts";
import { type Answer, type Transport, callRoute } from "./call-route.ts";

export interface DeliveryFilter {
  readonly state?: WebhookDelivery["state"];
  readonly limit?: number;
  readonly cursor?: string;
}

/** Addresses that are told what happens. Check what arrives there with `verifyWebhook`. */
export interface WebhookClient {
  listWebhooks(signal?: AbortSignal): Promise<Webhook[]>;
  /** The answer alone holds the secret. */
  createWebhook(body: CreateWebhookBody, signal?: AbortSignal): Promise<WebhookWithSecret>;
  updateWebhook(id: string, body: UpdateWebhookBody, signal?: AbortSignal): Promise<Webhook>;
  /** The old secret signs as well for a day. */
  rotateWebhookSecret(id: string, signal?: AbortSignal): Promise<WebhookWithSecret>;
  deleteWebhook(id: string, signal?: AbortSignal): Promise<Answer<typeof deleteWebhookRoute>>;
  listWebhookDeliveries(
    id: string,
    filter?: DeliveryFilter,
    signal?: AbortSignal,
  ): Promise<Answer<typeof listWebhookDeliveriesRoute>>;
  /** Sends a message once more, under the same webhook-id. */
  replayWebhookDelivery(
    id: string,
    deliveryId: string,
    signal?: AbortSignal,
  ): Promise<WebhookDelivery>;
  /** Sends a `ping`, once. */
  testWebhook(id: string, signal?: AbortSignal): Promise<WebhookDelivery>;
}

export function createWebhookClient(transport: Transport): WebhookClient {
  const of = (id: string) => ({ params: { id } });
  return {
    listWebhooks: async (signal) =>
      (await callRoute(transport, listWebhooksRoute, {}, signal)).webhooks,
    createWebhook: (body, signal) => callRoute(transport, createWebhookRoute, { body }, signal),
    updateWebhook: (id, body, signal) =>
      callRoute(transport, updateWebhookRoute, { ...of(id), body }, signal),
    rotateWebhookSecret: (id, signal) =>
      callRoute(transport, rotateWebhookSecretRoute, of(id), signal),
    deleteWebhook: (id, signal) => callRoute(transport, deleteWebhookRoute, of(id), signal),
    listWebhookDeliveries: (id, filter = {}, signal) =>
      callRoute(transport, listWebhookDeliveriesRoute, { ...of(id), query: { ...filter } }, signal),
    replayWebhookDelivery: (id, deliveryId, signal) =>
      callRoute(transport, replayWebhookDeliveryRoute, { params: { id, deliveryId } }, signal),
    testWebhook: (id, signal) => callRoute(transport, testWebhookRoute, of(id), signal),
  };
}
