import { ValetError } from "@valet/contracts";
import {
  type OutboxEntry,
  type TaskWriter,
  findAskedRun,
  findParseTry,
  findTask,
  getBatch,
  recordBatchRun,
  recordParseRun,
  recordRun,
  relayNext,
} from "@valet/db";
import type { Checkpoint, Logger, Metrics } from "@valet/runtime";
import { createBell } from "./create-bell.ts";
import type { JobsClient } from "./jobs-client.ts";

export interface OutboxRelay {
  /** Something new waits. */
  kick(): void;
  /** Stops after the messages that are being sent. */
  close(): Promise<void>;
}

export interface OutboxRelayDeps {
  readonly db: TaskWriter["db"];
  readonly jobs: Pick<
    JobsClient,
    "start" | "startParse" | "startBatch" | "pushEvent" | "cancelRun"
  >;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Names a point where a crash matters. Does nothing outside tests. */
  readonly checkpoint: Checkpoint;
  /** Messages sent at the same time; each holds two database connections. */
  readonly lanes: number;
}

const idleMs = 500;

/**
 * Carries the outbox to the engine for as long as it is open, from every API process at once. What
 * cannot be sent stays and is tried again; a message may be sent twice, never not at all.
 */
export function startOutboxRelay(deps: OutboxRelayDeps): OutboxRelay {
  const { db, log } = deps;
  const bell = createBell();
  const stop = new AbortController();
  const sent = deps.metrics.counter({
    name: "valet_outbox_sent_total",
    help: "Outbox messages carried to the engine",
    labels: ["kind"],
  });
  let isFailing = false;

  async function send(entry: OutboxEntry): Promise<void> {
    const { taskId, resumeId, batchId } = entry;
    try {
      if (taskId !== null) await deps.checkpoint("outbox:before-send", taskId);
      if (batchId !== null) await deps.checkpoint("outbox:before-send-of-batch", batchId);
      await sendEntry(deps, entry);
    } catch (error) {
      if (!isFailing) log.warn({ taskId, resumeId, batchId, err: error }, "the outbox waits");
      isFailing = true;
      throw error;
    }
    if (isFailing) log.info("the outbox is carried again");
    isFailing = false;
    sent.inc({ kind: entry.message.kind });
  }

  async function runLane(): Promise<void> {
    while (!stop.signal.aborted) {
      const result = await relayNext(db, send).catch((error: unknown) => {
        log.warn({ err: error }, "the outbox could not be read");
        return "unreadable" as const;
      });
      if (result !== "sent") await bell.wait(idleMs, stop.signal);
    }
  }

  const running = Array.from({ length: deps.lanes }, runLane);
  return {
    kick: () => bell.ring(),
    async close() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

async function sendEntry(
  deps: OutboxRelayDeps,
  { taskId, resumeId, batchId, message }: OutboxEntry,
): Promise<void> {
  switch (message.kind) {
    case "start_run":
      return taskId === null ? undefined : startRun(deps, taskId, message);
    case "parse_resume":
      return resumeId === null ? undefined : startParse(deps, resumeId, message.epoch);
    case "start_batch":
      return batchId === null ? undefined : startBatch(deps, batchId, message.epoch);
    case "push_event":
      return deps.jobs.pushEvent(message.key, message.payload, message.scope);
    case "cancel_run":
      return deps.jobs.cancelRun(message.runId);
  }
}

type StartRun = Extract<OutboxEntry["message"], { readonly kind: "start_run" }>;

/** A relay that died after the trigger leaves its message behind; the engine then gives the run that it has. */
async function startRun(
  { db, jobs }: OutboxRelayDeps,
  taskId: string,
  { epoch, startsPerMinute }: StartRun,
): Promise<void> {
  const task = await findTask(db, { id: taskId });
  if (task === undefined || task.finishedAt !== null) return;
  if (task.epoch !== epoch || task.runId !== null) return;
  if ((await findAskedRun(db, { taskId, epoch })) !== undefined) return;
  const { jobUrl, userId, resumeId, mode, platform } = task;
  const of = task.batchId === null ? {} : { batchId: task.batchId };
  const runId = await jobs.start(
    { taskId, jobUrl, userId, resumeId, mode, platform, ...of },
    {
      taskId,
      epoch: String(epoch),
      platform,
      source: "api",
      mode,
      ...(startsPerMinute === undefined ? {} : { startsPerMinute: String(startsPerMinute) }),
      ...of,
    },
  );
  await recordRun(db, { runId, taskId, epoch }).catch((error: unknown) => {
    throw new ValetError(
      "POSTGRES_UNAVAILABLE",
      "A run was started and could not be noted. It is asked for again, which gives the same one.",
      { taskId, runId, epoch },
      { cause: error },
    );
  });
}

/** Sent twice the engine gives the run that it has. */
async function startParse(
  { db, jobs }: OutboxRelayDeps,
  resumeId: string,
  epoch: number,
): Promise<void> {
  const tried = await findParseTry(db, resumeId);
  if (tried === undefined || !tried.isOpen || tried.row.parseEpoch !== epoch) return;
  const { storageKey, userId } = tried.row;
  const runId = await jobs.startParse(
    { resumeId, storageKey, userId },
    { resumeId, epoch: String(epoch), source: "api" },
  );
  await recordParseRun(db, { resumeId, epoch, runId });
}

/** Sent twice the engine gives the run that it has. */
async function startBatch(
  { db, jobs }: OutboxRelayDeps,
  batchId: string,
  epoch: number,
): Promise<void> {
  const { userId, state, runId: known, epoch: newest } = await getBatch(db, { id: batchId });
  if (state !== "running" || newest !== epoch || known !== null) return;
  const runId = await jobs.startBatch(
    { batchId, userId },
    { batchId, epoch: String(epoch), source: "api" },
  );
  await recordBatchRun(db, { batchId, epoch, runId });
}
