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
import { userOf } from "../authentication.ts";
import type { ApiDeps } from "../deps.ts";
import { createReceiverDialer } from "../webhooks/judge-webhook-url.ts";

export function registerWebhookRoutes(app: App, deps: ApiDeps): void {
  const { db } = deps.database;
  const dialer = createReceiverDialer(deps.networkPolicy);

  app.route({
    ...listWebhooksRoute,
    handler: async (request) => ({
      webhooks: (await listWebhooks(db, userOf(request).id)).map(webhookOf),
    }),
  });

  app.route({
    ...createWebhookRoute,
    handler: async (request, reply) => {
      const { href } = await dialer.assertAllowed(request.body.url);
      const { events } = request.body;
      const row = await addWebhook(db, { userId: userOf(request).id, url: href, events });
      return notStored(reply).code(201).send(webhookWithSecretOf(row));
    },
  });

  app.route({
    ...updateWebhookRoute,
    handler: async (request) => {
      const webhook = webhookIn(request);
      await getWebhook(db, webhook);
      const { href } = await dialer.assertAllowed(request.body.url);
      return webhookOf(await updateWebhook(db, { ...webhook, ...request.body, url: href }));
    },
  });

  app.route({
    ...rotateWebhookSecretRoute,
    handler: async (request, reply) =>
      notStored(reply).send(webhookWithSecretOf(await rotateWebhookSecret(db, webhookIn(request)))),
  });

  app.route({
    ...deleteWebhookRoute,
    handler: async (request) => {
      await deleteWebhook(db, webhookIn(request));
      return { deleted: true as const };
    },
  });

  app.route({
    ...listWebhookDeliveriesRoute,
    handler: async (request) => {
      const { state, limit, cursor } = request.query;
      const page = await listDeliveries(db, {
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
      const delivery = await replayDelivery(db, { webhook: webhookIn(request), deliveryId });
      deps.kickWebhooks();
      return deliveryOf(delivery);
    },
  });

  app.route({
    ...testWebhookRoute,
    handler: async (request) => {
      const ping = await addPing(db, webhookIn(request));
      deps.kickWebhooks();
      return deliveryOf(ping);
    },
  });
}

function webhookIn(request: FastifyRequest & { readonly params: { readonly id: string } }) {
  return { id: request.params.id, userId: userOf(request).id };
}

/** The answer holds a secret. */
function notStored(reply: FastifyReply): FastifyReply {
  return reply.header("cache-control", "no-store");
}
