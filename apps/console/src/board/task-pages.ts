import type { ListedTask } from "@valet/contracts";
import type { InfiniteData } from "@tanstack/react-query";

export interface TaskPage {
  readonly tasks: readonly ListedTask[];
  readonly nextCursor: string | null;
}
export type TaskPages = InfiniteData<TaskPage, string | undefined>;

/** The loaded pages with every application as `change` has it; the same pages where it changes nothing. */
export function mapTasks(
  data: TaskPages,
  change: (tasks: readonly ListedTask[]) => readonly ListedTask[],
): TaskPages {
  const pages = data.pages.map((page) => {
    const tasks = change(page.tasks);
    return tasks === page.tasks ? page : { ...page, tasks };
  });
  return pages.every((page, at) => page === data.pages[at]) ? data : { ...data, pages };
}

/** What was just fetched in the place of what is known of the same ones. */
export function withFresh(data: TaskPages, fresh: readonly ListedTask[]): TaskPages {
  const byId = new Map(fresh.map((task) => [task.id, task]));
  return mapTasks(data, (tasks) => {
    if (!tasks.some(({ id }) => byId.has(id))) return tasks;
    return tasks.map((task) => {
      const now = byId.get(task.id);
      return now === undefined || now.lastSeq < task.lastSeq ? task : now;
    });
  });
}

/** The first page as it is now on top of what is loaded, which stays: nothing is loaded again. */
export function withNewest(data: TaskPages, newest: readonly ListedTask[]): TaskPages {
  const known = new Set(data.pages.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
  const added = newest.filter(({ id }) => !known.has(id));
  const fresh = withFresh(data, newest);
  const [first, ...rest] = fresh.pages;
  if (added.length === 0 || first === undefined) return fresh;
  return { ...fresh, pages: [{ ...first, tasks: [...added, ...first.tasks] }, ...rest] };
}
