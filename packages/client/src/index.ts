export {
  type ResumeFile,
  type RunsFilter,
  type TaskFilter,
  type ValetClient,
  type ValetClientInput,
  createValetClient,
} from "./create-valet-client.ts";
export { pathOf } from "./call-route.ts";
export type { EventSocket, EventSocketOptions } from "./event-socket.ts";
export type { FollowInput, PersonEvent } from "./follow-task.ts";
export { queueText, waitsBecause } from "./queue-text.ts";
export { outcomeText, stateWords, waitText } from "./task-text.ts";
export { type StepView, type TaskView, emptyTaskView, withEvent } from "./task-view.ts";
export type { DeliveryFilter } from "./webhook-client.ts";
export {
  type ReceivedWebhook,
  type VerifiedWebhook,
  type WebhookMessage,
  verifyWebhook,
} from "./verify-webhook.ts";
