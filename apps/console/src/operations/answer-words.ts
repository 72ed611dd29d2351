import type { WebhookDelivery } from "@valet/contracts";
import { strings } from "../strings/en.ts";

const { webhooks: w } = strings.operations;

type Answered = Pick<WebhookDelivery, "lastStatus" | "lastError" | "lastMs">;

/** `204 in 31 ms`, why there was no answer, or that none has come yet. */
export function answerWords({ lastStatus, lastError, lastMs }: Answered): string {
  const status = lastStatus?.toString() ?? lastError;
  return status === null ? w.noAnswer : w.answer(status, lastMs);
}
