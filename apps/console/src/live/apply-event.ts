import type { ListedTask, TaskEvent } from "@valet/contracts";

/** An application as a list shows it, after one more event. What no event says stays as it was fetched. */
export function applyEvent(task: ListedTask, event: TaskEvent): ListedTask {
  if (event.taskId !== task.id || event.seq <= task.lastSeq) return task;
  const next = { ...task, lastSeq: event.seq, epoch: event.epoch, updatedAt: event.at };
  switch (event.type) {
    case "state_change": {
      const { to } = event.data;
      const waits = to === "created" || to === "queued";
      return { ...next, state: to, queue: waits ? task.queue : null };
    }
    case "progress":
      return { ...next, pct: event.data.pct };
    case "completed": {
      const { outcome, confirmation = null } = event.data;
      return { ...next, outcome, confirmation, pct: 100, finishedAt: event.at };
    }
    case "failed": {
      const { outcome, message } = event.data;
      return { ...next, outcome, message, finishedAt: event.at };
    }
    case "field_review":
    case "human_needed":
    case "submit_pressed":
    case "human_done":
    case "resume_state":
      return next;
  }
}

/** Those of a list after these events; the same list where none of them is meant. */
export function applyEvents(
  tasks: readonly ListedTask[],
  events: readonly TaskEvent[],
): readonly ListedTask[] {
  const meant = Map.groupBy(events, ({ taskId }) => taskId);
  if (!tasks.some(({ id }) => meant.has(id))) return tasks;
  return tasks.map((task) => (meant.get(task.id) ?? []).reduce(applyEvent, task));
}
