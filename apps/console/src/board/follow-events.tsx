import type { ListedTask, TaskEvent } from "@valet/contracts";
import { useQueryClient } from "@tanstack/react-query";
import { forgetTaskDrafts } from "../application/task-drafts.ts";
import { applyEvents } from "../live/apply-event.ts";
import { useEvents } from "../live/live-context.ts";
import { type TaskPages, mapTasks } from "./task-pages.ts";

export const listedKey = ["tasks", "listed"] as const;
export const askingKey = ["tasks", "asking"] as const;

/** Keeps every list that was loaded as things are, on whatever page somebody is. Shows nothing. */
export function FollowEvents() {
  const queries = useQueryClient();
  useEvents((events) => {
    queries.setQueriesData<TaskPages>({ queryKey: listedKey }, (data) =>
      data === undefined ? data : mapTasks(data, (tasks) => applyEvents(tasks, events)),
    );
    queries.setQueriesData<readonly ListedTask[]>({ queryKey: askingKey }, (tasks) =>
      tasks === undefined ? tasks : applyEvents(tasks, events),
    );
    for (const { taskId } of events.filter(isEnd)) forgetTaskDrafts(taskId);
  });
  return null;
}

function isEnd(event: TaskEvent): event is Extract<TaskEvent, { type: "completed" | "failed" }> {
  return event.type === "completed" || event.type === "failed";
}
