import {
  createWebhookRoute,
  deleteWebhookRoute,
  listWebhookDeliveriesRoute,
  listWebhooksRoute,
  replayWebhookDeliveryRoute,
  rotateWebhookSecretRoute,
  testWebhookRoute,
  updateWebhookRoute,
} from "@valet/contracts";
import {
  addPing,
  addWebhook,
  deleteWebhook,
  deliveryOf,
  getWebhook,
  listDeliveries,
  listWebhooks,
  replayDelivery,
  rotateWebhookSecret,
  updateWebhook,
  webhookOf,
  webhookWithSecretOf,
} from "@valet/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../app-type.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { personOf } from "../identity/person.ts";
import { createReceiverDialer } from "../webhooks/judge-webhook-url.ts";

export function registerWebhookRoutes(app: App, deps: PersonRouteDeps): void {
  const dialer = createReceiverDialer(deps.networkPolicy);

  app.route({
    ...listWebhooksRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      return { webhooks: (await listWebhooks(db, user.id)).map(webhookOf) };
    },
  });

  app.route({
    ...createWebhookRoute,
    handler: async (request, reply) => {
      const { href } = await dialer.assertAllowed(request.body.url);
      const { events } = request.body;
      const { db, user } = personOf(request);
      const row = await addWebhook(db, { userId: user.id, url: href, events });
      return notStored(reply).code(201).send(webhookWithSecretOf(row));
    },
  });

  app.route({
    ...updateWebhookRoute,
    handler: async (request) => {
      const { db } = personOf(request);
      const webhook = webhookIn(request);
      await getWebhook(db, webhook);
      const { href } = await dialer.assertAllowed(request.body.url);
      return webhookOf(await updateWebhook(db, { ...webhook, ...request.body, url: href }));
    },
  });

  app.route({
    ...rotateWebhookSecretRoute,
    handler: async (request, reply) => {
      const row = await rotateWebhookSecret(personOf(request).db, webhookIn(request));
      return notStored(reply).send(webhookWithSecretOf(row));
    },
  });

  app.route({
    ...deleteWebhookRoute,
    handler: async (request) => {
      await deleteWebhook(personOf(request).db, webhookIn(request));
      return { deleted: true as const };
    },
  });

  app.route({
    ...listWebhookDeliveriesRoute,
    handler: async (request) => {
      const { state, limit, cursor } = request.query;
      const page = await listDeliveries(personOf(request).db, {
        webhook: webhookIn(request),
        limit,
        ...(state === undefined ? {} : { state }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { deliveries: page.deliveries.map(deliveryOf), nextCursor: page.nextCursor };
    },
  });

  app.route({
    ...replayWebhookDeliveryRoute,
    handler: async (request) => {
      const { deliveryId } = request.params;
      const { db } = personOf(request);
      const delivery = await replayDelivery(db, { webhook: webhookIn(request), deliveryId });
      deps.kickWebhooks();
      return deliveryOf(delivery);
    },
  });

  app.route({
    ...testWebhookRoute,
    handler: async (request) => {
      const ping = await addPing(personOf(request).db, webhookIn(request));
      deps.kickWebhooks();
      return deliveryOf(ping);
    },
  });
}

function webhookIn(request: FastifyRequest & { readonly params: { readonly id: string } }) {
  return { id: request.params.id, userId: personOf(request).user.id };
}

/** The answer holds a secret. */
function notStored(reply: FastifyReply): FastifyReply {
  return reply.header("cache-control", "no-store");
}
