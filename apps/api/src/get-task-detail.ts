import type { ShownField, TaskDetail } from "@valet/contracts";
import {
  type Db,
  type TaskPage,
  type TaskRow,
  findOpenHumanStep,
  listEvidence,
  listPages,
  queuePlaces,
  taskOf,
  taskSpend,
} from "@valet/db";

/** The task with what its form held last, what it waits for, what was kept of it and what models cost. */
export async function getTaskDetail(db: Db, task: TaskRow): Promise<TaskDetail> {
  const [fields, humanStep, evidence, spend, places] = await Promise.all([
    latestFields(db, task),
    findOpenHumanStep(db, task.id),
    listEvidence(db, task.id),
    taskSpend(db, task.id),
    queuePlaces(db, task.userId, [task]),
  ]);
  return {
    ...taskOf(task),
    queue: places.get(task.id) ?? null,
    fields: [...fields],
    humanStep: humanStep ?? null,
    spend,
    evidence: evidence.map(({ kind, storageKey, createdAt }) => ({
      kind,
      storageKey,
      at: createdAt.toISOString(),
    })),
  };
}

/** A start that only looks for an outcome fills nothing; then an earlier start holds the form. */
async function latestFields(db: Db, task: TaskRow): Promise<readonly ShownField[]> {
  for (let epoch = task.epoch; epoch > 0; epoch -= 1) {
    const pages = await listPages(db, { taskId: task.id, epoch });
    if (pages.length > 0) return pages.flatMap(shownFields);
  }
  return [];
}

function shownFields({ snapshot, plan }: TaskPage): ShownField[] {
  const whys = new Map(plan.map(({ id, why }) => [id, why]));
  return snapshot.fields.map((field) => ({ ...field, why: whys.get(field.id) ?? null }));
}
