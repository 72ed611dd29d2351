import { type TaskView, emptyTaskView, withEvent } from "@valet/client";
import { type TaskEvent, isValetError } from "@valet/contracts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLive } from "../live/live-context.ts";
import { mergeEvents } from "../live/merge-events.ts";

export interface TaskStory {
  readonly events: readonly TaskEvent[];
  readonly view: TaskView;
  /** Why the story cannot be told any further; undefined while it can. */
  readonly problem: unknown;
}

const noStory: TaskStory = { events: [], view: emptyTaskView, problem: undefined };
const gatherMs = 100;
const settleMs = 300;

/** All that has happened to an application, each event once and in order, through lost connections too. */
export function useTaskStory(taskId: string): TaskStory {
  const live = useLive();
  const queries = useQueryClient();
  const [story, setStory] = useState(noStory);
  useEffect(() => {
    const stop = new AbortController();
    let gathered: TaskEvent[] = [];
    let settling: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      const events = gathered;
      gathered = [];
      setStory((before) => withEvents(before, events));
    };
    const lookAgain = () => {
      settling ??= setTimeout(() => {
        settling = undefined;
        void queries.invalidateQueries({ queryKey: ["task", taskId] });
        void queries.invalidateQueries({ queryKey: ["run", taskId] });
      }, settleMs);
    };
    const listen = async () => {
      for await (const { event } of live.follow(taskId, stop.signal)) {
        gathered.push(event);
        if (gathered.length === 1) setTimeout(show, gatherMs);
        lookAgain();
      }
    };
    listen().catch((problem: unknown) => {
      if (stop.signal.aborted || isValetError(problem, "UNAUTHORIZED")) return;
      setStory((before) => ({ ...before, problem }));
    });
    return () => {
      stop.abort();
      clearTimeout(settling);
    };
  }, [live, queries, taskId]);
  return story;
}

function withEvents(story: TaskStory, added: readonly TaskEvent[]): TaskStory {
  const events = mergeEvents(story.events, added);
  const isLonger = events.length === story.events.length + added.length;
  const rest = isLonger ? added : events;
  return {
    events,
    view: rest.reduce(withEvent, isLonger ? story.view : emptyTaskView),
    problem: undefined,
  };
}
