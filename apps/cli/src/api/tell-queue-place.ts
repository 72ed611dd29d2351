import { setTimeout as delay } from "node:timers/promises";
import type { ValetClient } from "@valet/client";
import { isValetError } from "@valet/contracts";
import type { LiveList } from "../render/live-list.ts";

export interface TellQueuePlace {
  readonly client: Pick<ValetClient, "getTask">;
  readonly list: Pick<LiveList, "setQueue">;
  readonly lookEveryMs?: number;
}

/** No event says why an application waits for its start, since that changes with all the others: it is asked for. */
export async function tellQueuePlace(
  { client, list, lookEveryMs = 2_000 }: TellQueuePlace,
  taskId: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    while (!signal.aborted) {
      const { state, queue } = await client.getTask(taskId, signal);
      if (signal.aborted) return;
      list.setQueue(queue);
      if (state !== "created" && queue === null) return;
      await delay(lookEveryMs, undefined, { signal });
    }
  } catch (error) {
    // Whoever follows the events hears what is wrong; this is a remark beside them.
    if (!signal.aborted && !isValetError(error)) throw error;
  }
}
