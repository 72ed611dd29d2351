import { createMetrics } from "@valet/runtime";
import { type NewUser, type TaskRow, type WebhookRow, getWebhook, writeTask } from "@valet/db";
import { expect, onTestFinished } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { createReceiverDialer } from "./judge-webhook-url.ts";
import { type Receiver, openReceiver } from "./receiver.fixture.ts";
import { sendWebhook } from "./send-webhook.ts";
import { type WebhookRelay, startWebhookRelay } from "./start-webhook-relay.ts";

/** The application, a receiver that it may reach, and relays as a test wants them. Tests only. */
export async function openWebhookFixture() {
  const receiver: Receiver = await openReceiver();
  const api: ApiFixture = await openApiFixture({ allowPrivate: [receiver.host] });
  return {
    api,
    receiver,
    /** Closed with its test. */
    startRelay(): WebhookRelay {
      const dialer = createReceiverDialer(api.deps.networkPolicy);
      const relay = startWebhookRelay({
        db: api.db,
        send: (message, signal) => sendWebhook(dialer, message, signal),
        metrics: createMetrics(),
        log: api.deps.log,
      });
      onTestFinished(() => relay.close());
      return relay;
    },
    async addHook(person: NewUser, url: string, events: readonly string[] | null = null) {
      const payload = { url, events };
      const headers = keyOf(person);
      const made = await api.app.inject({ method: "POST", url: "/webhooks", headers, payload });
      expect(made.statusCode).toBe(201);
      return made.json<{ id: string; secret: string }>();
    },
    /** A person with a task of which nobody has been told yet. */
    async newPerson(): Promise<{ person: NewUser; task: TaskRow }> {
      const person = await api.addPerson();
      return { person, task: await api.addTask(person.id) };
    },
    progress: (taskId: string, count = 1): Promise<void> =>
      writeTask(api.writer, taskId, ({ append }) => {
        for (let index = 0; index < count; index += 1)
          append({
            type: "progress",
            data: { step: "fill-fields", pct: 50, message: "Filling." },
          });
      }),
    deliveries: (webhookId: string) =>
      api.db
        .selectFrom("webhookDeliveries")
        .selectAll()
        .where("webhookId", "=", webhookId)
        .orderBy("seq")
        .execute(),
    /** Time passes: what waits for its next try is due. */
    makeDue: (webhookId: string) =>
      api.db
        .updateTable("webhookDeliveries")
        .set({ availableAt: new Date() })
        .where("webhookId", "=", webhookId)
        .execute(),
    hookOf: (person: NewUser, id: string): Promise<WebhookRow> =>
      getWebhook(api.db, { id, userId: person.id }),
    async close(): Promise<void> {
      await receiver.close();
      await api.close();
    },
  };
}
