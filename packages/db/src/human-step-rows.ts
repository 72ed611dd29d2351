import { HumanStepKind, UnansweredQuestion } from "@valet/contracts";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import type { HumanSteps } from "./schema.gen.ts";

const StepState = z.enum(["open", "done", "expired", "withdrawn"]);

/** A step as stored, with its text columns checked against the contract. */
export type HumanStepRow = Omit<Selectable<HumanSteps>, "kind" | "state" | "questions"> & {
  readonly kind: HumanStepKind;
  readonly state: z.infer<typeof StepState>;
  readonly questions: readonly UnansweredQuestion[];
};

export function stepRowOf(row: Selectable<HumanSteps>): HumanStepRow {
  return {
    ...row,
    kind: HumanStepKind.parse(row.kind),
    state: StepState.parse(row.state),
    questions: z.array(UnansweredQuestion).parse(row.questions),
  };
}

/** Until it expires, by the database's clock. */
export const secondsLeft = sql<number>`ceil(extract(epoch from expires_at - now()))::integer`.as(
  "seconds",
);

export interface OpenStep {
  readonly step: HumanStepRow;
  /** By the database's clock: it is still shown, but nothing can be done about it any more. */
  readonly isExpired: boolean;
  /** Until it expires. */
  readonly seconds: number;
}

/** What the task waits for a person to do: one at most. */
export async function findOpenStep(db: Querier, taskId: string): Promise<OpenStep | undefined> {
  const row = await db
    .selectFrom("humanSteps")
    .selectAll()
    .select([sql<boolean>`expires_at <= now()`.as("isExpired"), secondsLeft])
    .where("taskId", "=", taskId)
    .where("state", "=", "open")
    .executeTakeFirst();
  return row && { step: stepRowOf(row), isExpired: row.isExpired, seconds: row.seconds };
}

/** Fields that the person alone could set, and has said to have set in the live view; each as often as they said so. */
export async function listFieldsByHand(db: Querier, taskId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("humanSteps")
    .selectAll()
    .where("taskId", "=", taskId)
    .where("kind", "=", "takeover")
    .where("state", "=", "done")
    .execute();
  return rows.flatMap((row) => stepRowOf(row).questions.map(({ fieldId }) => fieldId));
}

export async function getHumanStep(db: Querier, stepId: string): Promise<HumanStepRow> {
  const row = await db
    .selectFrom("humanSteps")
    .selectAll()
    .where("id", "=", stepId)
    .executeTakeFirstOrThrow();
  return stepRowOf(row);
}
