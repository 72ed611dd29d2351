import { runSql } from "./start-postgres.ts";

/**
 * Takes back what the last engine on this database held. hatchet-lite ends without giving up its
 * share of the work: for up to a minute the next one would trust its partitions and schedule nothing,
 * and for half a minute its leases on queues and workers. Only where no other engine stands on the
 * database, and before the next one starts.
 *
 * Source: Hatchet v0.104.7, `internal/services/partition` and `sqlcv1/lease.sql`.
 */
export async function forgetDeadEngine(databaseUrl: string): Promise<void> {
  // Tenants point at their partitions with `on delete set null`; a tenant without one is taken at start.
  await runSql(
    databaseUrl,
    `delete from "SchedulerPartition";
     delete from "ControllerPartition";
     delete from "TenantWorkerPartition";
     delete from "Lease";`,
  );
}
