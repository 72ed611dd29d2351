export {
  type ResumeFile,
  type RunsFilter,
  type TaskFilter,
  type ValetClient,
  type ValetClientInput,
  createValetClient,
} from "./create-valet-client.ts";
export type { EventSocket } from "./event-socket.ts";
export type { FollowInput, PersonEvent } from "./follow-task.ts";
export type { DeliveryFilter } from "./webhook-client.ts";
export {
  type ReceivedWebhook,
  type VerifiedWebhook,
  type WebhookMessage,
  verifyWebhook,
} from "./verify-webhook.ts";
