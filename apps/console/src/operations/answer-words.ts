import type { WebhookDelivery } from "@valet/contracts";
import { operationsStrings } from "../strings/operations-strings.ts";

const { webhooks: w } = operationsStrings;

type Answered = Pick<WebhookDelivery, "lastStatus" | "lastError" | "lastMs">;

/** `204 in 31 ms`, why there was no answer, or that none has come yet. */
export function answerWords({ lastStatus, lastError, lastMs }: Answered): string {
  const status = lastStatus?.toString() ?? lastError;
  return status === null ? w.noAnswer : w.answer(status, lastMs);
}
