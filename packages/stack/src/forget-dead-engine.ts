import { runSql } from "./start-postgres.ts";

/**
 * Takes back what the last engine on this database held. hatchet-lite ends without giving anything up,
 * so the next one would for a minute trust its partitions and schedule nothing, for half a minute
 * respect its leases on queues and workers, and for five seconds hand steps to workers that listen to
 * it no more: such a step is lost until its time limit. Only where no other engine stands on the
 * database, and before the next one starts.
 *
 * Source: Hatchet v0.104.7, `internal/services/partition`, `sqlcv1/lease.sql` (`ListActiveWorkers`).
 */
export async function forgetDeadEngine(databaseUrl: string): Promise<void> {
  // Tenants point at partitions and workers at dispatchers with `on delete set null`: a tenant without
  // one is taken at start, and a worker gets one when it listens again.
  await runSql(
    databaseUrl,
    `delete from "SchedulerPartition";
     delete from "ControllerPartition";
     delete from "TenantWorkerPartition";
     delete from "Lease";
     delete from "Dispatcher";`,
  );
}
