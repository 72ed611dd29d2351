import type { ValetClient } from "@valet/client";
import { queryOptions } from "@tanstack/react-query";

/** Asked again while the page is visible; nothing tells of these. */
const lookMs = 3_000;

export function workersQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["operations", "workers"],
    queryFn: ({ signal }) => client.listWorkers(signal),
    refetchInterval: lookMs,
    staleTime: 0,
  });
}

export function sessionsQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["operations", "sessions"],
    queryFn: ({ signal }) => client.listSessions(signal),
    refetchInterval: lookMs,
    staleTime: 0,
  });
}

export function queueQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["operations", "queue"],
    queryFn: ({ signal }) => client.getQueue(signal),
    refetchInterval: lookMs,
    staleTime: 0,
  });
}

export function limitsQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["limits"],
    queryFn: ({ signal }) => client.getLimits(signal),
    refetchInterval: lookMs,
    staleTime: 0,
  });
}

export function webhooksQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["webhooks"],
    queryFn: ({ signal }) => client.listWebhooks(signal),
    refetchInterval: lookMs,
    staleTime: 0,
  });
}

const shownDeliveries = 15;

export function deliveriesQuery(client: ValetClient, webhookId: string) {
  return queryOptions({
    queryKey: ["webhooks", webhookId, "deliveries"],
    queryFn: ({ signal }) =>
      client.listWebhookDeliveries(webhookId, { limit: shownDeliveries }, signal),
    refetchInterval: lookMs,
    staleTime: 0,
  });
}
