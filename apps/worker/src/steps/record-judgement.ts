import { type TaskWrite, findIntent, setIntentState } from "@valet/db";
import { type DispatchEvidence, type Judgement, effectsOf } from "@valet/domain";

/** Closes an attempt that was sent with what was judged of it and why; one that is closed stays as it is. */
export async function recordJudgement(
  { trx, task }: TaskWrite,
  {
    judgement: { verdict, signs },
    evidence,
  }: { readonly judgement: Judgement; readonly evidence: DispatchEvidence },
): Promise<void> {
  const intent = await findIntent(trx, task.id);
  if (intent?.state !== "dispatched") return;
  await setIntentState(trx, intent, effectsOf(verdict).event, {
    evidence: { verdict: verdict.kind, ...evidence, signs },
  });
}
