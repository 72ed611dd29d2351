import type { EngineRunState } from "@valet/domain";
import { withinTime } from "@valet/runtime";
import type { JobsClient } from "../jobs-client.ts";

const limitMs = 1_500;
const concurrency = 8;

/** What the engine says of these runs; one that it has not spoken of in time is `unreachable`. */
export async function readRunStates(
  jobs: Pick<JobsClient, "runState">,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, EngineRunState>> {
  const states = new Map<string, EngineRunState>(runIds.map((id) => [id, "unreachable"]));
  const queue = runIds.values();
  let isOver = false;
  const lane = async () => {
    for (const id of queue) {
      if (isOver) return;
      const state = await jobs.runState(id);
      states.set(id, state);
      // One that does not answer will not answer the next question either.
      isOver ||= state === "unreachable";
    }
  };
  await withinTime(limitMs, () => Promise.all(Array.from({ length: concurrency }, lane))).catch(
    () => undefined,
  );
  isOver = true;
  return new Map(states);
}
