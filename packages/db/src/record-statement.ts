import { ValetError } from "@valet/contracts";
import { type RecordedOutcome, type Statement, judgeStatement } from "@valet/domain";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import { type IntentRow, findIntent, getIntent, setIntentState } from "./intents.ts";
import { lockPerson } from "./lock-person.ts";
import { resolveEnd } from "./task-progress.ts";
import type { TaskWrite } from "./write-task.ts";

/**
 * A person says what became of an application of unknown outcome, or that it shall be sent once
 * more. The attempt, the task and its log change together. For `resubmit` nothing changes yet; the
 * attempt that a new task may then repeat is given back.
 *
 * @throws `TASK_IN_PROGRESS` while it runs, `CONTRADICTS_EVIDENCE` when its outcome is known,
 * `DUPLICATE_RISK` when the risk has to be accepted first, `ILLEGAL_TRANSITION` when a newer
 * application stands in its place.
 */
export async function recordStatement(
  write: TaskWrite,
  statement: Statement,
): Promise<{ readonly repeatsIntentId: string | null }> {
  const { trx, task } = write;
  // So that no attempt takes this one's place meanwhile.
  await lockPerson(trx, task.userId);
  const intent = await findIntent(trx, task.id);
  const record: RecordedOutcome = {
    intentState: intent?.state ?? null,
    decidedBy: intent?.decidedBy ?? null,
    outcome: task.outcome,
    isRepeated: intent?.supersededBy != null,
    wasAnsweredWell: intent !== undefined && wasAnsweredWell(intent),
  };
  const { says } = statement;
  const judged = judgeStatement(record, statement);
  if (judged.kind === "refused") throw await refusal(trx, judged.code, { write, intent });
  if (judged.kind === "repeated" || intent === undefined) return { repeatsIntentId: null };
  if (judged.event === null || says === "resubmit") return { repeatsIntentId: intent.id };
  await setIntentState(trx, intent, judged.event, {
    evidence: { ...Kept.parse(intent.evidence), verdict: says },
    decidedBy: "person",
  });
  resolveEnd(write, { outcome: says, message: messages[says] });
  return { repeatsIntentId: null };
}

const Kept = z.looseObject({}).nullable();
const Answered = z.object({ responses: z.array(z.object({ status: z.number().nullable() })) });

/** By what the session host recorded, or by what was seen of the page's traffic. */
function wasAnsweredWell({ response, evidence }: IntentRow): boolean {
  const seen = Answered.safeParse(evidence);
  const statuses = [
    response?.status ?? null,
    ...(seen.success ? seen.data.responses.map(({ status }) => status) : []),
  ];
  return statuses.some((status) => status !== null && status >= 200 && status < 400);
}

const messages = {
  confirmed: "You said that your application arrived.",
  already_applied: "You said that you had already applied for this job.",
  rejected: "You said that the site did not accept this application.",
  not_submitted: "You said that this application did not reach the employer.",
} as const;

async function refusal(
  db: Querier,
  code: Extract<ReturnType<typeof judgeStatement>, { kind: "refused" }>["code"],
  { write, intent }: { readonly write: TaskWrite; readonly intent: IntentRow | undefined },
): Promise<ValetError> {
  const { state, outcome } = write.task;
  switch (code) {
    case "TASK_IN_PROGRESS":
      return new ValetError(
        code,
        "This application has not come to its end, so its outcome is still being determined. Nothing was changed.",
        { state },
      );
    case "DUPLICATE_RISK":
      return new ValetError(
        code,
        "The employer may have this application: the site answered, or nobody knows. A second one could be a duplicate. Nothing was changed. Look for an e-mail from the employer first; to go on all the same, accept the risk (`acceptDuplicateRisk`, `--accept-duplicate-risk`).",
        { status: intent?.response?.status ?? null },
      );
    case "ILLEGAL_TRANSITION": {
      const newer =
        intent?.supersededBy == null ? undefined : await getIntent(db, intent.supersededBy);
      return new ValetError(
        code,
        "You have had this application sent once more. Nothing was changed. Say what became of the newer one.",
        newer === undefined ? {} : { taskId: newer.taskId },
      );
    }
    default:
      return new ValetError(
        code,
        "What became of this application is on record, and a person's word does not change that. Nothing was changed.",
        { state, outcome },
      );
  }
}
