import { findOpenStep } from "./human-step-rows.ts";
import { findIntent, setIntentState } from "./intents.ts";
import type { TaskWrite } from "./write-task.ts";

/**
 * Takes an approval by act back: the person pressed no second time, or went another way. With `approvalId`
 * only this one. False where there is none, or it has been used.
 */
export async function withdrawAct({ trx, task }: TaskWrite, approvalId?: string): Promise<boolean> {
  const intent = await findIntent(trx, task.id);
  if (intent?.state !== "approved" || intent.approvalId === null) return false;
  if (approvalId !== undefined && approvalId !== intent.approvalId) return false;
  const { mode } = await trx
    .selectFrom("approvals")
    .select("mode")
    .where("id", "=", intent.approvalId)
    .executeTakeFirstOrThrow();
  if (mode !== "act") return false;
  // What the person is asked meanwhile is bound to the page as it was before.
  const open = await findOpenStep(trx, task.id);
  const digest = open?.step.digest ?? intent.digest;
  await setIntentState(trx, intent, "page_changed", { digest, approvalId: null });
  return true;
}
