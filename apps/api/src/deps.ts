import type { Database, TaskWriter } from "@valet/db";
import type { NetworkPolicy } from "@valet/domain";
import type { Doorbell } from "@valet/doorbell";
import type { Logger, Metrics } from "@valet/runtime";
import type { ObjectStore } from "@valet/storage";
import type { LiveDeps } from "./live/live-deps.ts";
import type { JobsClient } from "./jobs-client.ts";

/** What the routes stand on. `main.ts` builds it from the configuration, a test from fixtures. */
export interface ApiDeps {
  readonly database: Pick<Database, "db" | "check">;
  readonly writer: TaskWriter;
  readonly doorbell: Pick<Doorbell, "subscribe" | "state">;
  readonly store: ObjectStore;
  readonly jobs: Pick<JobsClient, "ready">;
  /** Tells the outbox relay that something new waits; only saves time, the relay looks anyway. */
  readonly kickRelay: () => void;
  /** The same for the relay of webhooks. */
  readonly kickWebhooks: () => void;
  /** The same for those who are erased. */
  readonly kickErasures: () => void;
  readonly networkPolicy: NetworkPolicy;
  readonly live: LiveDeps;
  readonly metrics: Metrics;
  readonly log: Logger;
}
