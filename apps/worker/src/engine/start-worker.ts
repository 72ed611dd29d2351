import { HatchetClient, type Worker } from "@hatchet-dev/typescript-sdk";
import { ValetError } from "@valet/contracts";
import { type Logger, assertEngineListening, untilReady } from "@valet/runtime";
import type { WorkerDeps } from "../deps.ts";
import { createDispatch } from "../workflows/dispatch.ts";
import { createFillPage } from "../workflows/fill-page.ts";
import { createJobApplication } from "../workflows/job-application.ts";
import { hatchetLogger } from "./hatchet-logger.ts";

interface EngineWorkerInput {
  readonly name: string;
  readonly slots: number;
  readonly durableSlots: number;
  readonly deps: WorkerDeps;
  readonly log: Logger;
}

export interface EngineWorker {
  readonly isPaused: () => boolean;
  /** Resolves when the worker has stopped; rejects when it lost the engine for good. */
  readonly stopped: Promise<void>;
  /** Takes no new steps, lets running ones finish, leaves waits to be resumed elsewhere. */
  readonly drain: () => Promise<void>;
}

/** Waits for the engine, registers the workflows and starts to take steps. */
export async function startEngineWorker(
  input: EngineWorkerInput,
  signal: AbortSignal,
): Promise<EngineWorker> {
  const { log, deps } = input;
  const worker = await untilReady({
    what: "the Hatchet engine",
    log,
    signal,
    attempt: () => createWorker(input),
  });
  const ours = new Set(signalListeners());
  const stopped = worker.start();
  // The SDK stops heartbeats before it drains, so a step that runs on would be run twice; we drain.
  for (const [name, listener] of signalListeners()) {
    if (![...ours].some(([, known]) => known === listener)) process.off(name, listener);
  }
  await Promise.race([worker.waitUntilReady(30_000), stopped]);
  log.info({ worker: input.name }, "worker takes steps");
  let paused = false;
  return {
    isPaused: () => paused,
    stopped,
    drain: async () => {
      paused = true;
      await worker.pause();
      await deps.inFlight.idle();
      await worker.stop();
    },
  };
}

async function createWorker({
  name,
  slots,
  durableSlots,
  deps,
  log,
}: EngineWorkerInput): Promise<Worker> {
  const hatchet = initClient(log);
  // The SDK would try for half a minute before it says anything.
  await assertEngineListening(hatchet.config.host_port);
  const children = {
    fillPage: createFillPage(hatchet, deps),
    dispatch: createDispatch(hatchet, deps),
  };
  const jobApplication = createJobApplication(hatchet, deps, children);
  try {
    return await hatchet.worker(name, {
      workflows: [jobApplication, children.fillPage, children.dispatch],
      slots,
      durableSlots,
      handleKill: false,
    });
  } catch (error) {
    throw new ValetError("ENGINE_UNAVAILABLE", reasonOf(error), {}, { cause: error });
  }
}

/** Configured by the usual `HATCHET_CLIENT_*` variables alone; setting TLS here would hide them. */
function initClient(log: Logger): HatchetClient {
  try {
    return HatchetClient.init({ logger: hatchetLogger(log), retrier: { maxAttempts: 3 } });
  } catch (error) {
    throw new ValetError(
      "ENGINE_TOKEN_MISSING",
      "The engine's client cannot be set up: HATCHET_CLIENT_TOKEN is missing or not a token. Run `valet doctor`.",
      {},
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : "";
  return /ECONNREFUSED|UNAVAILABLE/.test(text)
    ? "The Hatchet engine does not answer. Valet tries again; check HATCHET_CLIENT_HOST_PORT."
    : "The Hatchet engine did not accept the workflows. Valet tries again; run `valet doctor`.";
}

function signalListeners(): readonly (readonly ["SIGTERM" | "SIGINT", NodeJS.SignalsListener])[] {
  return (["SIGTERM", "SIGINT"] as const).flatMap((name) =>
    process.listeners(name).map((listener) => [name, listener] as const),
  );
}
