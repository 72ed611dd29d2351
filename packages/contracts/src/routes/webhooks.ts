import { z } from "zod";
import { type EventType, eventData } from "../events.ts";
import { type Route, problems, keyHeaders } from "./route.ts";

const eventTypes = Object.keys(eventData) as [EventType, ...EventType[]]; // keys of a literal

/** At most so many a person. */
export const maxWebhooks = 10;

export const Webhook = z
  .object({
    id: z.uuid(),
    url: z.url(),
    /** The types of events it is told of; null: all. */
    events: z.array(z.enum(eventTypes)).nullable(),
    enabled: z.boolean(),
    disabledAt: z.iso.datetime().nullable(),
    /** `gone`: it answered 410; `failing`: nothing arrived there for a day. */
    disabledReason: z.enum(["by_person", "gone", "failing"]).nullable(),
    lastSuccessAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Webhook" });
export type Webhook = z.infer<typeof Webhook>;

/** With the secret that signs, shown only now: `whsec_` and the key in base64. */
export const WebhookWithSecret = Webhook.extend({ secret: z.string() }).meta({
  id: "WebhookWithSecret",
});
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>;

/** One message to a webhook. What it said is not shown here: ids, states and times only. */
export const WebhookDelivery = z
  .object({
    /** The header `webhook-id`, the same however often it is tried. */
    id: z.uuid(),
    type: z.enum([...eventTypes, "ping"]),
    taskId: z.uuid().nullable(),
    /** Of the event in its task's log. */
    seq: z.number().int().nullable(),
    state: z.enum(["waiting", "delivered", "failed"]),
    attempts: z.number().int(),
    lastStatus: z.number().int().nullable(),
    /** Why the last try got no answer that counts. */
    lastError: z.string().nullable(),
    lastMs: z.number().int().nullable(),
    createdAt: z.iso.datetime(),
    lastAttemptAt: z.iso.datetime().nullable(),
    nextAttemptAt: z.iso.datetime().nullable(),
    deliveredAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "WebhookDelivery" });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

const address = z.string().max(2048);
const events = z.array(z.enum(eventTypes)).min(1).max(eventTypes.length).nullable();
const params = z.object({ id: z.string() });

export const CreateWebhookBody = z.strictObject({
  /** Public, and `https`. */
  url: address,
  events: events.default(null),
});
export type CreateWebhookBody = z.input<typeof CreateWebhookBody>;

export const UpdateWebhookBody = CreateWebhookBody.extend({ enabled: z.boolean().default(true) });
export type UpdateWebhookBody = z.input<typeof UpdateWebhookBody>;

export const listWebhooksRoute = {
  method: "GET",
  url: "/webhooks",
  access: "account",
  schema: {
    summary: "List webhooks, oldest first",
    tags: ["webhooks"],
    response: { 200: z.object({ webhooks: z.array(Webhook) }), ...problems },
  },
} as const satisfies Route;

export const createWebhookRoute = {
  method: "POST",
  url: "/webhooks",
  access: "account",
  schema: {
    summary:
      "Have events sent to an address; the answer holds the secret, which is shown only once",
    tags: ["webhooks"],
    body: CreateWebhookBody,
    response: { 201: WebhookWithSecret, ...problems },
  },
} as const satisfies Route;

export const updateWebhookRoute = {
  method: "PUT",
  url: "/webhooks/:id",
  access: "account",
  schema: {
    summary: "Replace a webhook's address and events, or switch it off and on",
    tags: ["webhooks"],
    params,
    body: UpdateWebhookBody,
    response: { 200: Webhook, ...problems },
  },
} as const satisfies Route;

export const rotateWebhookSecretRoute = {
  method: "POST",
  url: "/webhooks/:id/rotate-secret",
  access: "account",
  schema: {
    summary: "Give a webhook another secret; the old one signs as well for 24 hours",
    tags: ["webhooks"],
    params,
    response: { 200: WebhookWithSecret, ...problems },
  },
} as const satisfies Route;

export const deleteWebhookRoute = {
  method: "DELETE",
  url: "/webhooks/:id",
  access: "account",
  schema: {
    summary: "Remove a webhook and what waits for it",
    tags: ["webhooks"],
    params,
    response: { 200: z.object({ deleted: z.literal(true) }), ...problems },
  },
} as const satisfies Route;

export const listWebhookDeliveriesRoute = {
  method: "GET",
  url: "/webhooks/:id/deliveries",
  access: "account",
  schema: {
    summary: "What was sent to a webhook and how it was answered, newest first; kept for 30 days",
    tags: ["webhooks"],
    params,
    querystring: z.object({
      state: z.enum(["waiting", "delivered", "failed"]).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(25),
      cursor: z.string().optional(),
    }),
    response: {
      200: z.object({ deliveries: z.array(WebhookDelivery), nextCursor: z.string().nullable() }),
      ...problems,
    },
  },
} as const satisfies Route;

export const replayWebhookDeliveryRoute = {
  method: "POST",
  url: "/webhooks/:id/deliveries/:deliveryId/replay",
  access: "account",
  keepsAnswer: true,
  schema: {
    summary: "Send a message once more, under the same webhook-id",
    tags: ["webhooks"],
    headers: keyHeaders,
    params: z.object({ id: z.string(), deliveryId: z.string() }),
    response: { 200: WebhookDelivery, ...problems },
  },
} as const satisfies Route;

export const testWebhookRoute = {
  method: "POST",
  url: "/webhooks/:id/test",
  access: "account",
  keepsAnswer: true,
  schema: {
    summary: "Send a `ping`, once",
    tags: ["webhooks"],
    headers: keyHeaders,
    params,
    response: { 200: WebhookDelivery, ...problems },
  },
} as const satisfies Route;
