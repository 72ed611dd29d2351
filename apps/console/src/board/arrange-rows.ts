import type { ListedTask, Task } from "@valet/contracts";

export type BoardRow =
  | { readonly kind: "heading"; readonly group: BoardGroup; readonly count: number | null }
  | { readonly kind: "task"; readonly task: ListedTask };

export type BoardGroup = "needs-you" | "others";

/** Whether nothing goes on until a person does something. */
export function needsPerson({ state, outcome }: Pick<Task, "state" | "outcome">): boolean {
  return state === "awaiting_human" || state === "awaiting_review" || outcome === "unconfirmed";
}

/**
 * The board from above to below: first what needs the person, whoever has waited longest first and what has
 * ended unconfirmed after what still has a deadline; then the rest as it was given, newest first. `asking` and
 * `listed` may hold the same ones.
 */
export function arrangeRows({
  asking,
  listed,
}: {
  readonly asking: readonly ListedTask[];
  readonly listed: readonly ListedTask[];
}): BoardRow[] {
  const newest = new Map<string, ListedTask>();
  for (const task of [...asking, ...listed]) {
    const known = newest.get(task.id);
    if (known === undefined || known.lastSeq < task.lastSeq) newest.set(task.id, task);
  }
  const needy = [...newest.values()].filter(needsPerson).toSorted(byUrgency);
  const others = listed
    .map((task) => newest.get(task.id) ?? task)
    .filter((task) => !needsPerson(task));
  return [...group("needs-you", needy), ...group("others", others)];
}

function group(name: BoardGroup, tasks: readonly ListedTask[]): BoardRow[] {
  if (tasks.length === 0) return [];
  // Of the rest only a part is loaded: a number would be wrong.
  const count = name === "needs-you" ? tasks.length : null;
  return [
    { kind: "heading", group: name, count },
    ...tasks.map((task) => ({ kind: "task", task }) as const),
  ];
}

function byUrgency(one: ListedTask, other: ListedTask): number {
  const ended = Number(one.finishedAt !== null) - Number(other.finishedAt !== null);
  if (ended !== 0) return ended;
  return one.updatedAt < other.updatedAt ? -1 : Number(one.updatedAt > other.updatedAt);
}

/** What tells a row from others. */
export function rowKey(row: BoardRow): string {
  return row.kind === "heading" ? row.group : row.task.id;
}

/**
 * The rows that are shown while somebody points at them: in the order they were shown, with what they say now.
 * `isBehind` where another order waits to be shown.
 */
export function holdOrder(
  shown: readonly string[],
  rows: readonly BoardRow[],
): { readonly rows: readonly BoardRow[]; readonly isBehind: boolean } {
  const byKey = new Map(rows.map((row) => [rowKey(row), row]));
  const held = shown.flatMap((key) => byKey.get(key) ?? []);
  const isSame = rows.length === shown.length && rows.every((row, at) => rowKey(row) === shown[at]);
  return isSame ? { rows, isBehind: false } : { rows: held, isBehind: true };
}
