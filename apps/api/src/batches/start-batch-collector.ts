import { type Looking, startLooking } from "../start-looking.ts";
import { type CollectDeps, collectQuestions } from "./collect-questions.ts";

/** Another process may have left a batch behind. */
const lookEveryMs = 2_000;

/** Looks up what batches ask as long as it is open; what is cut off another process goes on with. */
export function startBatchCollector(deps: CollectDeps): Looking {
  return startLooking({
    look: async (signal) => {
      await collectQuestions(deps, signal);
      return "wait";
    },
    everyMs: lookEveryMs,
    onFault: (err) => deps.log.warn({ err }, "what batches ask could not be looked up"),
  });
}
