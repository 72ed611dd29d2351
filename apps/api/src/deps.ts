import type { Limits } from "@valet/contracts";
import type { Database, PersonDbs, TaskWriter } from "@valet/db";
import type { NetworkPolicy } from "@valet/domain";
import type { Doorbell } from "@valet/doorbell";
import type { Logger, Metrics } from "@valet/runtime";
import type { GetPage } from "@valet/sites";
import type { ObjectStore } from "@valet/storage";
import type { ConsoleFiles } from "./console/read-console.ts";
import type { VerifyToken } from "./identity/verify-token.ts";
import type { LiveDeps } from "./live/live-deps.ts";
import type { JobsClient } from "./jobs-client.ts";
import type { QueueRoom } from "./queue-room.ts";

/** What the API stands on. `main.ts` builds it from the configuration, a test from fixtures. */
export interface ApiDeps {
  /** Everybody's rows: to find out who somebody is, and for admins. */
  readonly database: Pick<Database, "db" | "check">;
  /** Where the rows of whoever sent a request come from. */
  readonly people: Pick<PersonDbs, "forPerson">;
  readonly ring: TaskWriter["ring"];
  /** Undefined where nobody signs people in but we. */
  readonly verifyToken: VerifyToken | undefined;
  /** Of one person, in this process. */
  readonly requestsPerMinute: number;
  readonly doorbell: Pick<Doorbell, "subscribe" | "state">;
  readonly store: ObjectStore;
  readonly jobs: Omit<
    JobsClient,
    "start" | "startParse" | "startBatch" | "pushEvent" | "cancelRun" | "close"
  >;
  /** Tells the outbox relay that something new waits; only saves time, the relay looks anyway. */
  readonly kickRelay: () => void;
  /** The same for whoever looks up what batches ask. */
  readonly kickBatches: () => void;
  /** The same for the relay of webhooks. */
  readonly kickWebhooks: () => void;
  /** The same for those who are erased. */
  readonly kickErasures: () => void;
  /** What everybody is kept to unless an admin said otherwise. */
  readonly limits: Limits;
  /** How much may wait for its start. */
  readonly queueRoom: QueueRoom;
  readonly networkPolicy: NetworkPolicy;
  /** For previews of job sites. */
  readonly getPage: GetPage;
  readonly live: LiveDeps;
  /** What people open in their browser; empty where it was not built. */
  readonly consoleFiles: ConsoleFiles;
  /** Live streams that one person may hold open at this server. */
  readonly maxStreamsPerPerson: number;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/**
 * What a person's routes stand on. No database is among it: theirs is `personOf(request).db`, so that no
 * forgotten condition shows one person what is another's.
 */
export type PersonRouteDeps = Omit<ApiDeps, "database" | "people" | "ring" | "verifyToken">;
