import { createBell } from "../create-bell.ts";
import { type CollectDeps, collectQuestions } from "./collect-questions.ts";

export interface BatchCollector {
  /** A batch was accepted. */
  kick(): void;
  /** Stops what is being looked up; another process goes on with it. */
  close(): Promise<void>;
}

/** Another process may have left a batch behind. */
const lookEveryMs = 2_000;

/** Looks up what batches ask for as long as it is open. */
export function startBatchCollector(deps: CollectDeps): BatchCollector {
  const bell = createBell();
  const stop = new AbortController();
  let isFailing = false;

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await collectQuestions(deps, stop.signal);
        isFailing = false;
      } catch (error) {
        if (!isFailing) deps.log.warn({ err: error }, "what batches ask could not be looked up");
        isFailing = true;
      }
      await bell.wait(lookEveryMs, stop.signal);
    }
  }

  const running = run();
  return {
    kick: () => bell.ring(),
    async close() {
      stop.abort();
      await running;
    },
  };
}
