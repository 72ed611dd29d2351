import type { ModelFor } from "@valet/ai";
import type { Engines } from "./engines.ts";
import type { Db, ModelUse, TaskWriter } from "@valet/db";
import type { Limits } from "@valet/contracts";
import type { NetworkPolicy } from "@valet/domain";
import type { Doorbell } from "@valet/doorbell";
import type { ResumeParser } from "@valet/resume";
import type { Checkpoint, Logger } from "@valet/runtime";
import type { ObjectStore } from "@valet/storage";
import type { WorkerMetrics } from "./create-worker-metrics.ts";
import type { InFlight } from "./engine/in-flight.ts";
import type { LiveSessions } from "./live-sessions.ts";
import type { SessionHosts } from "./session-hosts.ts";

/** What every step may use; built once in `main.ts`. */
export interface WorkerDeps {
  readonly db: Db;
  readonly writer: TaskWriter;
  readonly doorbell: Pick<Doorbell, "subscribe">;
  readonly store: ObjectStore;
  /** Reads documents in a process of its own. */
  readonly parser: Pick<ResumeParser, "read" | "readLines">;
  /** A model that somebody pays for. Undefined where none is configured: everything then works by rules alone. */
  readonly modelFor: ModelFor<ModelUse> | undefined;
  /** Who points where the rules know no way on; nobody without a model. */
  readonly engines: Engines;
  readonly sessions: LiveSessions;
  readonly hosts: SessionHosts;
  readonly network: NetworkPolicy;
  /** What everybody is kept to, as it is now. */
  readonly readLimits: () => Promise<Limits>;
  readonly metrics: WorkerMetrics;
  readonly log: Logger;
  /** Address people open; links in events start with it. */
  readonly publicUrl: string;
  /** What has to finish before the worker may stop. */
  readonly inFlight: InFlight;
  /** Names a point where a crash matters. Does nothing outside tests. */
  readonly checkpoint: Checkpoint;
}
