import { FormSnapshot, PlannedField, SnapshotPage } from "@valet/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** One page of the form in one run: its plan, and what it held when it was read back. */
export interface TaskPage {
  readonly page: number;
  readonly signature: string;
  readonly isLast: boolean;
  /** The page was left with its button; it can be filled no more. */
  readonly wasLeft: boolean;
  readonly plan: readonly PlannedField[];
  readonly snapshot: SnapshotPage;
}

interface TaskStart {
  readonly taskId: string;
  readonly epoch: number;
}

const pageKey = ["taskId", "epoch", "page"] as const;

/** Stores what a page held, over what an earlier try left. */
export async function savePage(db: Querier, start: TaskStart, page: TaskPage): Promise<void> {
  const held = {
    signature: page.signature,
    isLast: page.isLast,
    wasLeft: page.wasLeft,
    plan: jsonValue(page.plan),
    snapshot: jsonValue(page.snapshot),
    filledAt: sql<Date>`now()`,
  };
  await db
    .insertInto("taskPages")
    .values({ ...start, page: page.page, ...held })
    .onConflict((conflict) => conflict.columns([...pageKey]).doUpdateSet(held))
    .execute();
}

export async function markPageLeft(db: Querier, start: TaskStart, page: number): Promise<void> {
  await db
    .updateTable("taskPages")
    .set({ wasLeft: true })
    .where("taskId", "=", start.taskId)
    .where("epoch", "=", start.epoch)
    .where("page", "=", page)
    .execute();
}

export async function listPages(db: Querier, { taskId, epoch }: TaskStart): Promise<TaskPage[]> {
  const rows = await db
    .selectFrom("taskPages")
    .selectAll()
    .where("taskId", "=", taskId)
    .where("epoch", "=", epoch)
    .orderBy("page")
    .execute();
  return rows.map((row) => ({
    page: row.page,
    signature: row.signature,
    isLast: row.isLast,
    wasLeft: row.wasLeft,
    plan: z.array(PlannedField).parse(row.plan),
    snapshot: SnapshotPage.parse(row.snapshot),
  }));
}

/** Everything the form held, over all its pages. */
export function snapshotOf(jobKey: string, pages: readonly TaskPage[]): FormSnapshot {
  return FormSnapshot.parse({ version: 1, jobKey, pages: pages.map(({ snapshot }) => snapshot) });
}
