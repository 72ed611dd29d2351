import { toTaskMessage } from "@valet/contracts";
import {
  type ClaimedDelivery,
  type Db,
  type DeliveryResult,
  claimDeliveries,
  countDueDeliveries,
  forgetOldDeliveries,
  releaseDelivery,
  settleDelivery,
} from "@valet/db";
import type { Logger, Metrics } from "@valet/runtime";
import { createBell } from "../create-bell.ts";
import type { OutgoingWebhook } from "./send-webhook.ts";
import { webhookHeaders } from "./sign-webhook.ts";

export interface WebhookRelay {
  /** Something new waits. */
  kick(): void;
  /** Gives back what is being sent: another process, or the next start, sends it again. */
  close(): Promise<void>;
}

export interface WebhookRelayDeps {
  readonly db: Db;
  readonly send: (message: OutgoingWebhook, signal: AbortSignal) => Promise<DeliveryResult>;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Messages under way in this process: to receivers that answered the last time, and to the others. */
const lanes = { sound: 32, suspect: 16 } as const;
const lanesPerWebhook = 2;
/** Well over the longest try. */
const leaseMs = 30_000;
const idleMs = 500;
const forgetEveryMs = 3_600_000;
const forgottenAtOnce = 5_000;

/**
 * Tells webhooks what has happened, for as long as it is open and from every API process at once. A message is
 * sent at least once; no connection to the database is held while a receiver thinks.
 */
export function startWebhookRelay({ db, send, metrics, log }: WebhookRelayDeps): WebhookRelay {
  const bell = createBell();
  const stop = new AbortController();
  const underWay = { sound: 0, suspect: 0 };
  const tries = new Set<Promise<void>>();
  const tried = metrics.counter({
    name: "valet_webhook_tries_total",
    help: "Tries to send a message to a webhook",
    labels: ["result"],
  });
  metrics.gauge({
    name: "valet_webhooks_due",
    help: "Messages to webhooks that are due and wait",
    collect: async (gauge) => {
      gauge.set((await countDueDeliveries(db).catch(() => undefined)) ?? Number.NaN);
    },
  });
  let forgotAt = 0;

  async function attempt(delivery: ClaimedDelivery): Promise<void> {
    const { webhookId, id: deliveryId } = delivery;
    try {
      const result = await send(messageOf(delivery), stop.signal);
      const settled = await settleDelivery(db, delivery, result);
      tried.inc({ result: settled });
      if (settled !== "delivered") {
        const answer = result.kind === "answered" ? result.status : result.reason;
        log.info({ webhookId, deliveryId, answer, settled }, "a webhook was not told");
      }
    } catch (error) {
      if (stop.signal.aborted) {
        await releaseDelivery(db, delivery).catch(() => undefined);
        return;
      }
      log.warn({ webhookId, deliveryId, err: error }, "a try to tell a webhook was not recorded");
    }
  }

  function start(delivery: ClaimedDelivery): void {
    const lane = delivery.isSuspect ? "suspect" : "sound";
    underWay[lane] += 1;
    const trying = attempt(delivery).finally(() => {
      underWay[lane] -= 1;
      tries.delete(trying);
      bell.ring();
    });
    tries.add(trying);
  }

  async function claim(): Promise<number> {
    const room = {
      sound: lanes.sound - underWay.sound,
      suspect: lanes.suspect - underWay.suspect,
    };
    if (room.sound === 0 && room.suspect === 0) return 0;
    const claimed = await claimDeliveries(db, { ...room, perWebhook: lanesPerWebhook, leaseMs });
    for (const delivery of claimed) start(delivery);
    return claimed.length;
  }

  async function tidy(): Promise<void> {
    if (Date.now() - forgotAt < forgetEveryMs) return;
    if ((await forgetOldDeliveries(db, forgottenAtOnce)) < forgottenAtOnce) forgotAt = Date.now();
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const claimed = await claim().catch((error: unknown) => {
        log.warn({ err: error }, "webhooks could not be read");
        return 0;
      });
      await tidy().catch((error: unknown) =>
        log.warn({ err: error }, "old deliveries to webhooks could not be removed"),
      );
      if (claimed === 0) await bell.wait(idleMs, stop.signal);
    }
  }

  const running = run();
  return {
    kick: () => bell.ring(),
    async close() {
      stop.abort();
      await running;
      await Promise.all(tries);
    },
  };
}

/** The same over all tries but for the time of the try and what signs it. */
function messageOf({ id, url, secrets, event, createdAt, webhookId }: ClaimedDelivery) {
  const body = JSON.stringify(
    event === undefined
      ? { type: "ping", timestamp: createdAt.toISOString(), data: { webhookId } }
      : { type: event.type, timestamp: event.at, data: toTaskMessage(event) },
  );
  const timestamp = Math.floor(Date.now() / 1_000);
  return { url, body, headers: webhookHeaders({ id, timestamp, body }, secrets) };
}
