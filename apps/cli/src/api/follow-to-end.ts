import { emptyTaskView, type TaskView, type ValetClient } from "@valet/client";
import type { TaskDetail, TaskEvent } from "@valet/contracts";
import type { Output } from "../output.ts";
import { createLiveList } from "../render/live-list.ts";
import { tellQueuePlace } from "./tell-queue-place.ts";

/** Where following stopped: at its end, or at something only a person can do. */
export interface FollowOutcome {
  readonly kind: "ended" | "waits";
  readonly task: TaskDetail;
  /** What was shown so far, to go on from. */
  readonly view: TaskView;
}

export interface FollowInput {
  readonly taskId: string;
  /** Where an earlier following of it stopped. */
  readonly from?: TaskView;
}

export interface FollowDeps {
  readonly client: ValetClient;
  readonly output: Output;
}

/** Shows an application live until it ends or waits for a person. */
export async function followToEnd(
  { client, output }: FollowDeps,
  { taskId, from = emptyTaskView }: FollowInput,
  signal: AbortSignal,
): Promise<FollowOutcome> {
  const { progress: stream, progressColors: colors } = output;
  const list = createLiveList({ stream, colors, view: from });
  const untilHere = new AbortController();
  const both = AbortSignal.any([signal, untilHere.signal]);
  const told = tellQueuePlace({ client, list }, taskId, both);
  try {
    for await (const event of client.followTask(taskId, { after: from.seq, signal })) {
      list.add(event);
      const stop = await stopAt(client, event);
      if (stop !== undefined) return { ...stop, view: list.view };
    }
    const task = await client.getTask(taskId);
    return { kind: task.finishedAt === null ? "waits" : "ended", task, view: list.view };
  } finally {
    untilHere.abort();
    await told;
    list.close();
  }
}

type Stop = Omit<FollowOutcome, "view">;

async function stopAt(client: ValetClient, event: TaskEvent): Promise<Stop | undefined> {
  switch (event.type) {
    case "completed":
    case "failed":
      return { kind: "ended", task: await client.getTask(event.taskId) };
    case "human_needed": {
      // The log is read from the start: this wall may have been dealt with long ago.
      const task = await client.getTask(event.taskId);
      return task.humanStep?.id === event.data.stepId ? { kind: "waits", task } : undefined;
    }
    default:
      return undefined;
  }
}
