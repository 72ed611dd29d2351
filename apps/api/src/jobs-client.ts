import { HatchetClient, IdempotencyCollisionError } from "@hatchet-dev/typescript-sdk";
import {
  type BatchApplyInput,
  type BatchRunMetadata,
  type JobApplicationInput,
  type ResumeParseInput,
  type ResumeRunMetadata,
  type RunMetadata,
  type StepDepth,
  ValetError,
  workflowNames,
} from "@valet/contracts";
import type { EngineRunState } from "@valet/domain";
import { type Logger, type Secret, assertEngineListening, withinTime } from "@valet/runtime";
import { engineLogger } from "./engine-logger.ts";
import {
  type EngineWorkers,
  RawStats,
  RawWorkers,
  readDepths,
  readWorkers,
} from "./runs/read-engine-load.ts";
import {
  type EngineRun,
  RawDetails,
  RawLogs,
  RawTimings,
  openChildrenIn,
  readEngineRun,
} from "./runs/read-engine-run.ts";

/** The engine as the API needs it. Every fault is a `ValetError` `ENGINE_UNAVAILABLE`. */
export interface JobsClient {
  /** Starts `job-application` and returns the id of its run: for the same task and epoch always the same. */
  start(
    input: JobApplicationInput,
    metadata: RunMetadata & { readonly epoch: string },
  ): Promise<string>;
  /** Starts `resume-parse` and returns the id of its run: for the same résumé and epoch always the same. */
  startParse(input: ResumeParseInput, metadata: ResumeRunMetadata): Promise<string>;
  /** Starts `batch-apply` and returns the id of its run: for the same batch and epoch always the same. */
  startBatch(input: BatchApplyInput, metadata: BatchRunMetadata): Promise<string>;
  /** Pushes an event to the waits of this scope. */
  pushEvent(key: string, payload: Readonly<Record<string, string>>, scope: string): Promise<void>;
  /** Asks for a run and what it has started to be cancelled; one the engine does not know counts as cancelled. */
  cancelRun(runId: string): Promise<void>;
  /** Never throws: an engine that does not answer is `unreachable`. */
  runState(runId: string): Promise<EngineRunState>;
  /** Its steps, what they have started, and their log lines. Never throws and takes 1.5 s at most. */
  describeRun(runId: string, signal: AbortSignal): Promise<EngineRun | "unknown" | "unreachable">;
  /** The run's page on the engine's dashboard, or that of all runs; null without a dashboard. */
  linkTo(runId?: string): string | null;
  /** Workers that have given a sign of life lately. Never throws and takes 1.5 s at most. */
  listWorkers(): Promise<EngineWorkers | "unreachable">;
  /** Steps that wait or run. Never throws and takes 1.5 s at most. */
  queueDepths(): Promise<readonly StepDepth[] | "unreachable">;
  /** Whether the engine answers on both its ports and takes our token. */
  ready(): Promise<Readiness>;
  /** Lets go of the engine; a later call throws. */
  close(): void;
}

export type Readiness =
  | { readonly kind: "ready" }
  | { readonly kind: "waiting"; readonly reason: string };

export interface JobsClientConfig {
  readonly token: Secret;
  /** Put before workflow and event names by the SDK; its own variable counts when absent. */
  readonly namespace?: string;
  /** Where people open the engine's dashboard; there is none when absent. */
  readonly dashboardUrl?: string | undefined;
  readonly log: Logger;
}

/** For one call to the engine, in milliseconds. */
const callLimitMs = 5_000;
const restTimeoutMs = 4_000;
const viewLimitMs = 1_500;
/** A step starts runs, and of these one more starts others. */
const childDepth = 3;
const mostLogLines = 1_000;
const grpcMessageBytes = 4 * 1024 * 1024;

/**
 * The only place of the API that speaks the engine's SDK. Addresses and TLS come from the token and
 * the `HATCHET_CLIENT_*` variables, which the SDK reads itself. Nothing connects before the first
 * call, and the SDK hardly retries: the outbox does.
 */
export function createJobsClient(config: JobsClientConfig): JobsClient {
  const engine = createEngine(config);

  async function call<T>(what: string, work: (hatchet: HatchetClient) => Promise<T>): Promise<T> {
    try {
      return await withinTime(callLimitMs, async () => work(await engine.connected()));
    } catch (error) {
      if (isOutage(error)) engine.suspect();
      throw engineUnavailable(what, error);
    }
  }

  /** A run that was asked for before is not started again: the workflow's key says which it is. */
  function startOnce(
    workflow: string,
    input: JobApplicationInput | ResumeParseInput | BatchApplyInput,
    additionalMetadata: Record<string, string>,
  ): Promise<string> {
    return call("start a run", async (hatchet) => {
      await engine.knows(workflow);
      try {
        const run = await hatchet.runNoWait(workflow, input, { additionalMetadata });
        return await run.getWorkflowRunId();
      } catch (error) {
        // Asked for before, with an answer that never came.
        const known = error instanceof IdempotencyCollisionError && error.existingRunExternalId;
        if (known === false || known === "") throw error;
        return known;
      }
    });
  }

  /** Something to look at: whoever does shall not wait for an engine that is away. */
  async function view<T>(
    look: (hatchet: HatchetClient, signal: AbortSignal) => Promise<T>,
  ): Promise<T | "unreachable"> {
    try {
      return await look(engine.current(), AbortSignal.timeout(viewLimitMs));
    } catch (error) {
      config.log.debug({ err: error }, "the engine could not be looked at");
      return "unreachable";
    }
  }

  return {
    start: (input, metadata) =>
      startOnce(workflowNames.jobApplication, input, withoutAbsent(metadata)),

    startParse: (input, metadata) => startOnce(workflowNames.resumeParse, input, metadata),

    startBatch: (input, metadata) => startOnce(workflowNames.batchApply, input, metadata),

    pushEvent: (key, payload, scope) =>
      call("push an event", async (hatchet) => {
        await hatchet.events.push(key, payload, { scope });
      }),

    cancelRun: (runId) =>
      call("cancel a run", async (hatchet) => {
        await cancelRuns(hatchet, [runId]);
        // The engine leaves what a cancelled run has started to itself.
        await cancelRuns(hatchet, await listOpenChildren(hatchet, runId));
      }),

    async runState(runId) {
      try {
        const hatchet = engine.current();
        return stateOf(await withinTime(callLimitMs, () => hatchet.runs.get_status(runId)));
      } catch (error) {
        if (isUnknownRun(error)) return "unknown";
        config.log.debug({ runId, err: error }, "the engine did not say how a run is");
        return "unreachable";
      }
    },

    describeRun: (runId, signal) =>
      view(async (hatchet, limit) =>
        fetchRun(hatchet, runId, AbortSignal.any([signal, limit])).catch((error: unknown) => {
          if (isUnknownRun(error)) return "unknown" as const;
          throw error;
        }),
      ),

    linkTo(runId) {
      if (config.dashboardUrl === undefined) return null;
      const { tenantId } = engine.current();
      return `${config.dashboardUrl.replace(/\/+$/, "")}/tenants/${tenantId}/runs${runId === undefined ? "" : `/${runId}`}`;
    },

    listWorkers: () =>
      view(async ({ api, tenantId, config: { namespace = "" } }, signal) => {
        const { data } = await api.workerList(tenantId, {}, { signal });
        return readWorkers(RawWorkers.parse(data), { namespace, now: Date.now() });
      }),

    queueDepths: () =>
      view(async ({ api, tenantId, config: { namespace = "" } }, signal) => {
        const { data } = await api.tenantGetTaskStats(tenantId, {}, { signal });
        return readDepths(RawStats.parse(data), namespace);
      }),

    async ready() {
      try {
        const hatchet = engine.current();
        await assertEngineListening(hatchet.config.host_port);
        await withinTime(callLimitMs, () => hatchet.tenant.get());
        return { kind: "ready" };
      } catch (error) {
        return { kind: "waiting", reason: reasonOf(error) };
      }
    },

    close: () => engine.close(),
  };
}

async function fetchRun(
  { api, tenantId, config: { namespace = "" } }: HatchetClient,
  runId: string,
  signal: AbortSignal,
): Promise<EngineRun> {
  const [details, timings] = await Promise.all([
    api.v1WorkflowRunGet(runId, {}, { signal }).then(({ data }) => RawDetails.parse(data)),
    api
      .v1WorkflowRunGetTimings(runId, { depth: childDepth }, { signal })
      .then(({ data }) => RawTimings.parse(data)),
  ]);
  const taskExternalIds = timings.rows.map((row) => row.taskExternalId);
  const wanted = { taskExternalIds, limit: mostLogLines };
  const { data } = await api.v1TenantLogLineList(tenantId, wanted, { signal });
  return readEngineRun({ runId, details, timings, logs: RawLogs.parse(data), namespace });
}

async function listOpenChildren({ api }: HatchetClient, runId: string): Promise<string[]> {
  try {
    const { data } = await api.v1WorkflowRunGetTimings(runId, { depth: childDepth });
    return openChildrenIn(RawTimings.parse(data), runId);
  } catch (error) {
    if (isUnknownRun(error)) return [];
    throw error;
  }
}

async function cancelRuns(hatchet: HatchetClient, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await hatchet.runs.cancel({ ids }).catch((error: unknown) => {
    if (!isUnknownRun(error)) throw error;
  });
}

interface Engine {
  /** A client, whether or not the engine is there. */
  current(): HatchetClient;
  /** A client whose engine has accepted a connection since it was last suspected to be down. */
  connected(): Promise<HatchetClient>;
  suspect(): void;
  /**
   * Throws while no worker has told the engine of this workflow. Asked because v0.104.7 accepts a run
   * of an unknown workflow, gives it an id and drops it.
   */
  knows(workflowName: string): Promise<void>;
  close(): void;
}

function createEngine({ token, namespace, log }: JobsClientConfig): Engine {
  let client: HatchetClient | undefined;
  let isSuspect = false;
  let outages = 0;
  let isClosed = false;
  // A workflow stays known for as long as the engine is the same one.
  const known = new Set<string>();

  function current(): HatchetClient {
    if (isClosed) throw new Error("The jobs client is closed.");
    client ??= HatchetClient.init(
      {
        token: token.reveal(),
        ...(namespace === undefined ? {} : { namespace }),
        logger: engineLogger(log),
        retrier: { maxAttempts: 2, initialInterval: 0.1, maxJitter: 50 },
        // After an outage gRPC pauses up to two minutes before it connects again, and channels of
        // equal options share that pause. Another limit makes a channel that connects at once.
        grpc_max_recv_message_length: grpcMessageBytes + outages,
      },
      undefined,
      { timeout: restTimeoutMs },
    );
    return client;
  }

  return {
    current,
    async connected() {
      if (!isSuspect) return current();
      await assertEngineListening(current().config.host_port);
      // Several calls may have waited for the answer: the first of them makes the new client.
      if (isSuspect) {
        isSuspect = false;
        outages += 1;
        client = undefined;
      }
      return current();
    },
    suspect() {
      isSuspect = true;
      known.clear();
    },
    async knows(workflowName) {
      if (known.has(workflowName)) return;
      const hatchet = current();
      const name = `${hatchet.config.namespace ?? ""}${workflowName}`;
      // The engine finds names that contain this one, too.
      const { rows = [] } = await hatchet.workflows.list({ name });
      if (!rows.some((row) => row.name === name)) throw workerMissing(workflowName);
      known.add(workflowName);
    },
    close() {
      isClosed = true;
      client = undefined;
    },
  };
}

function workerMissing(workflowName: string): ValetError {
  return new ValetError(
    "ENGINE_UNAVAILABLE",
    `No worker has ever told the Hatchet engine of "${workflowName}". It is tried again; start a worker.`,
    { workflowName },
  );
}

function engineUnavailable(what: string, error: unknown): ValetError {
  if (error instanceof ValetError && error.code === "ENGINE_UNAVAILABLE") return error;
  return new ValetError(
    "ENGINE_UNAVAILABLE",
    `The Hatchet engine could not ${what}. It is tried again.`,
    {},
    { cause: error },
  );
}

/** Only then is the connection in doubt; a refusal comes over a good one. */
function isOutage(error: unknown): boolean {
  if (error instanceof ValetError) return !("workflowName" in error.details);
  return error instanceof Error && /\bUNAVAILABLE\b/.test(error.message);
}

/** The engine's own "not found"; a proxy's page that says 404 must not make every run unknown. */
function isUnknownRun(error: unknown): boolean {
  const response = responseOf(error);
  return response?.status === 404 && typeof response.data === "object" && response.data !== null;
}

function responseOf(error: unknown): { status: unknown; data: unknown } | undefined {
  if (!(error instanceof Error) || !("response" in error)) return undefined;
  const { response } = error;
  if (typeof response !== "object" || response === null) return undefined;
  return {
    status: "status" in response ? response.status : undefined,
    data: "data" in response ? response.data : undefined,
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof ValetError) return error.message;
  const status = responseOf(error)?.status;
  if (status === 401 || status === 403) {
    return "The Hatchet engine refuses our token. Check HATCHET_CLIENT_TOKEN.";
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "no answer";
  return `The Hatchet engine's API does not answer (${code}). Check HATCHET_CLIENT_API_URL.`;
}

function stateOf(status: string): EngineRunState {
  switch (status) {
    case "QUEUED":
      return "queued";
    case "RUNNING":
      return "running";
    case "COMPLETED":
      return "succeeded";
    case "FAILED":
      return "failed";
    case "CANCELLED":
      return "cancelled";
    default:
      return "unreachable";
  }
}

function withoutAbsent(metadata: RunMetadata & { readonly epoch: string }): Record<string, string> {
  const { batchId, startsPerMinute, ...rest } = metadata;
  return {
    ...rest,
    ...(batchId === undefined ? {} : { batchId }),
    ...(startsPerMinute === undefined ? {} : { startsPerMinute }),
  };
}
