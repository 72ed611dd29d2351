import type { Webhook, WebhookDelivery } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { printableText, shorten } from "./printable-text.ts";

/** Webhooks, oldest first, one a line. */
export function webhookTable(webhooks: readonly Webhook[], colors: Colors): string {
  const head = ["id", "state", "last success", "events", "address"].map((one) => colors.dim(one));
  const rows = webhooks.map((webhook) => [
    webhook.id,
    stateText(webhook, colors),
    webhook.lastSuccessAt ?? "–",
    webhook.events?.join(", ") ?? "all",
    shorten(printableText(webhook.url), 80),
  ]);
  return columnTable([head, ...rows]);
}

function stateText({ disabledReason }: Webhook, colors: Colors): string {
  switch (disabledReason) {
    case null:
      return colors.green("on");
    case "by_person":
      return "off";
    case "gone":
      return colors.red("off: gone (410)");
    case "failing":
      return colors.red("off: nothing arrived");
  }
}

/** Messages, newest first, one a line. */
export function deliveryTable(deliveries: readonly WebhookDelivery[], colors: Colors): string {
  const head = ["id", "type", "state", "tries", "last answer", "created"].map((one) =>
    colors.dim(one),
  );
  const rows = deliveries.map((delivery) => [
    delivery.id,
    delivery.type,
    delivery.state,
    String(delivery.attempts),
    answerText(delivery),
    delivery.createdAt,
  ]);
  return columnTable([head, ...rows]);
}

export function answerText({ lastStatus, lastError, lastMs }: WebhookDelivery): string {
  const answer = lastStatus ?? lastError;
  if (answer === null) return "–";
  return lastMs === null ? String(answer) : `${answer} in ${lastMs} ms`;
}
