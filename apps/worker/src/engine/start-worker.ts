import { HatchetClient, type Worker } from "@hatchet-dev/typescript-sdk";
import { ValetError } from "@valet/contracts";
import { type Logger, assertEngineListening, untilReady, withinTime } from "@valet/runtime";
import type { WorkerDeps } from "../deps.ts";
import { createApproveByAct } from "../workflows/approve-by-act.ts";
import { createBatchApply } from "../workflows/batch-apply.ts";
import { createContinueApplication } from "../workflows/continue-application.ts";
import { createDispatch } from "../workflows/dispatch.ts";
import { createFillPage } from "../workflows/fill-page.ts";
import { createJobApplication } from "../workflows/job-application.ts";
import { createResumeParse } from "../workflows/resume-parse.ts";
import { createStartWave } from "../workflows/start-wave.ts";
import { askEngine } from "./ask-engine.ts";
import { declarePlatformCaps, keepPlatformCaps } from "./start-caps.ts";
import { hatchetLogger } from "./hatchet-logger.ts";
import { untilQuiet } from "./until-quiet.ts";
import { withoutSignalListeners } from "./without-signal-listeners.ts";

interface EngineWorkerInput {
  readonly name: string;
  readonly slots: number;
  readonly durableSlots: number;
  readonly deps: WorkerDeps;
  readonly log: Logger;
}

export interface EngineWorker {
  /** Resolves when the worker has stopped; rejects when it lost the engine for good. */
  readonly stopped: Promise<void>;
  /** What keeps it from getting steps, in words; `undefined` when all is well. */
  readonly fault: () => Promise<string | undefined>;
  /** Takes no new steps, lets running ones finish, leaves waits to be resumed elsewhere. */
  readonly drain: () => Promise<void>;
}

/** A step that was sent before the pause reached the engine's scheduler has arrived by then. */
const settleMs = 1_500;
/** Another worker takes a child at once if there is one; see `untilQuiet`. */
const leaveChildrenMs = 30_000;
/** The SDK parks the waits one after the other and would wait half a minute for each lost answer. */
const stopLimitMs = 20_000;

/** Waits for the engine, registers the workflows and starts to take steps. */
export async function startEngineWorker(
  input: EngineWorkerInput,
  signal: AbortSignal,
): Promise<EngineWorker> {
  const { log } = input;
  const { hatchet, worker, caps, stopped } = await withoutSignalListeners(async () => {
    const created = await untilReady({
      what: "the Hatchet engine",
      log,
      signal,
      attempt: () => createWorker(input),
    });
    const running = created.worker.start();
    await Promise.race([created.worker.waitUntilReady(30_000), running]);
    return { ...created, stopped: running };
  });
  log.info({ worker: input.name }, "worker takes steps");
  const { readLimits } = input.deps;
  const leaving = new AbortController();
  void keepPlatformCaps({ hatchet, readLimits, log }, caps, leaving.signal);
  let isDraining = false;
  return {
    stopped,
    fault: async () => (isDraining ? "this worker is being stopped" : askEngine(hatchet, worker)),
    drain: async () => {
      isDraining = true;
      leaving.abort();
      await drain(input, worker);
    },
  };
}

/**
 * The SDK's own stop ends heartbeats first, so that what runs on for 30 s is run twice, and gives up
 * waiting at the first step that fails. So we wait, with heartbeats going on, until nothing runs but
 * waits for people; what is left for the SDK is to park those and to sign off.
 */
async function drain({ deps, log }: EngineWorkerInput, worker: Worker): Promise<void> {
  log.info(deps.inFlight.counts(), "worker takes no new steps");
  try {
    await withinTime(stopLimitMs, async () => worker.pause());
  } catch (err) {
    // An engine that does not answer sends nothing either; what runs here may still finish.
    log.warn({ err }, "the engine was not told that this worker stops");
  }
  const leftBehind = await untilQuiet(deps.inFlight, { settleMs, leaveChildrenMs });
  if (leftBehind > 0) log.warn({ leftBehind }, "steps are left to run again elsewhere");
  try {
    await withinTime(stopLimitMs, () => worker.stop());
  } catch (err) {
    log.warn({ err }, "the engine client did not stop in time");
  }
}

async function createWorker({ name, slots, durableSlots, deps, log }: EngineWorkerInput): Promise<{
  readonly hatchet: HatchetClient;
  readonly worker: Worker;
  readonly caps: ReadonlyMap<string, number>;
}> {
  const hatchet = initClient(log);
  // The SDK would try for half a minute before it says anything.
  await assertEngineListening(hatchet.config.host_port);
  const fillPage = createFillPage(hatchet, deps);
  const children = {
    dispatch: createDispatch(hatchet, deps),
    continueApplication: createContinueApplication(hatchet, deps, fillPage),
  };
  const startWave = createStartWave(hatchet, deps);
  const jobApplication = createJobApplication(hatchet, deps, { ...children, fillPage });
  try {
    const caps = await declarePlatformCaps(hatchet, await deps.readLimits());
    const worker = await hatchet.worker(name, {
      workflows: [
        jobApplication,
        ...Object.values(fillPage),
        ...Object.values(children),
        createApproveByAct(hatchet, deps),
        createResumeParse(hatchet, deps),
        startWave,
        createBatchApply(hatchet, deps, startWave),
      ],
      slots,
      durableSlots,
      handleKill: false,
    });
    return { hatchet, worker, caps };
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
