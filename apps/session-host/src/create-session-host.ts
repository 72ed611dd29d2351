import {
  type EgressPolicy,
  type SessionList,
  assertExecutable,
  createDialer,
  createRelayHub,
} from "@valet/browser";
import { ValetError } from "@valet/contracts";
import type { Database } from "@valet/db";
import { type Logger, type Metrics, type Secret, withinTime } from "@valet/runtime";
import { createBrowserLedger } from "./create-browser-ledger.ts";
import { type BrowserPool, createBrowserPool } from "./create-browser-pool.ts";
import { type MemoryBudget, createMemoryBudget, expectedBytesOf } from "./create-memory-budget.ts";
import { type SessionCounts, createSessionMetrics } from "./create-session-metrics.ts";
import { type SessionRecords, createSessionRecords } from "./create-session-records.ts";
import type { LiveSettings } from "./create-session.ts";
import { createSessionRegistry } from "./create-session-registry.ts";
import { readHostIdentity } from "./host-identity.ts";
import { type ListenInput, serveHost } from "./serve-host.ts";
import { type BrowserSettings, startWarmBrowser } from "./start-warm-browser.ts";
import { tendSessions } from "./tend-sessions.ts";

export interface SessionHostDeps {
  readonly database: Pick<Database, "db" | "check">;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly token: Secret;
  readonly listen: ListenInput;
  /** Where clients reach it, when that is not the address it listens on. */
  readonly publicUrl?: string | undefined;
  readonly stateDir: string;
  /** Where browsers keep their profiles, when that is not in the state. */
  readonly profilesDir?: string | undefined;
  readonly settings: BrowserSettings;
  /** What browsers may reach. */
  readonly egress: EgressPolicy;
  readonly maxSessions: number;
  /** What all browsers together may take, in bytes. */
  readonly memoryBytes: number;
  /** What one may take before it is replaced or reported. */
  readonly maxBytesEach: number;
  readonly pool: { readonly size: number; readonly maxAgeMs: number };
  readonly live: LiveSettings;
  /** Between two looks at everything, in milliseconds; 2 s unless given. */
  readonly tendEveryMs?: number;
}

export interface SessionHost {
  /** Where clients reach it. */
  readonly url: string;
  /** Refuses new sessions, closes all browsers, then stops listening. */
  close(): Promise<void>;
}

const tendEveryMsByDefault = 2_000;

/**
 * The process that owns browsers: clears away what a dead predecessor left, then serves workers.
 *
 * @throws ValetError `PORT_TAKEN`, `CONFIG_INVALID`.
 */
export async function createSessionHost(deps: SessionHostDeps): Promise<SessionHost> {
  const { database, settings, log } = deps;
  const ledger = await createBrowserLedger(deps);
  await ledger.reapOrphans();
  const identity = await readHostIdentity(deps.stateDir);
  let url = "";
  const hub = createRelayHub({ publicUrl: () => url, log });
  const expectedBytes = expectedBytesOf({ hasDisplay: settings.displayProgram !== undefined });
  const budget = createMemoryBudget({
    budgetBytes: deps.memoryBytes,
    expectedBytes,
  });
  const dialer = createDialer(deps.egress);
  const pool = createBrowserPool({
    ...deps.pool,
    start: (signal) => startWarmBrowser({ settings, dialer, ledger, hub, log }, signal),
    budget,
    maxBytesEach: deps.maxBytesEach,
    log,
  });
  const records = createSessionRecords({ db: database.db, identity, hostUrl: () => url, log });
  const metrics = createSessionMetrics(deps.metrics, () => countBrowsers(pool, budget));
  const { maxSessions, live } = deps;
  // Nothing more is let start than fits here: what does not would wait in a worker.
  const affordable = Math.max(1, Math.floor(budget.budgetBytes / expectedBytes));
  const capacity = Math.min(maxSessions, affordable);
  const registry = createSessionRegistry({ pool, records, maxSessions, metrics, live, log });
  const list = (): SessionList => ({
    sessions: registry.list().map((view) => {
      const pid = registry.live().find(({ sessionId }) => sessionId === view.sessionId)?.pid;
      return { ...view, ...memoryOf(budget, pid) };
    }),
    pool: pool.ready().map(({ pid, ageMs }) => ({ ageMs: ageMs(), ...memoryOf(budget, pid) })),
    memory: { budgetBytes: budget.budgetBytes, usedBytes: usedBytes(countBrowsers(pool, budget)) },
  });
  const missing = () => findMissing({ database, records, pool, settings });
  const server = await serveHost({ ...deps, registry, list, hub, missing }, deps.listen);
  url = deps.publicUrl ?? server.url;
  const tending = tendSessions({
    registry,
    records,
    pool,
    report: () => reportOf(list(), capacity),
    intervalMs: deps.tendEveryMs ?? tendEveryMsByDefault,
    log,
  });
  return {
    url,
    async close() {
      await tending.close();
      await records.leave(reportOf(list(), 0));
      await pool.close();
      await registry.close();
      await records.signOff();
      await server.close();
      await ledger.close();
    },
  };
}

function memoryOf(budget: MemoryBudget, pid: number | undefined): { memoryBytes?: number } {
  const memoryBytes = pid === undefined ? undefined : budget.measured(pid);
  return memoryBytes === undefined ? {} : { memoryBytes };
}

function countBrowsers(pool: BrowserPool, budget: MemoryBudget): SessionCounts {
  const bytesOf = (browsers: readonly { readonly pid: number }[]) =>
    browsers.reduce((sum, { pid }) => sum + (budget.measured(pid) ?? 0), 0);
  const [live, pooled] = [pool.inUse(), pool.ready()];
  return {
    live: live.length,
    pooled: pooled.length,
    liveBytes: bytesOf(live),
    pooledBytes: bytesOf(pooled),
    budgetBytes: budget.budgetBytes,
  };
}

function usedBytes({ liveBytes, pooledBytes }: SessionCounts): number {
  return liveBytes + pooledBytes;
}

/** What Postgres keeps of the list, for those who have no way to this host. */
function reportOf({ sessions, pool, memory }: SessionList, capacity: number): unknown {
  const live = sessions.filter(({ state }) => state === "live");
  return {
    pool,
    memory,
    capacity,
    sessions: live.map(({ sessionId, memoryBytes }) => ({ sessionId, memoryBytes })),
  };
}

const databaseAnswersWithinMs = 2_000;

interface ReadinessDeps {
  readonly database: Pick<Database, "check">;
  readonly records: Pick<SessionRecords, "ready">;
  readonly pool: Pick<BrowserPool, "fault">;
  readonly settings: BrowserSettings;
}

async function findMissing(deps: ReadinessDeps): Promise<string[]> {
  const { database, records, pool, settings } = deps;
  const checks: Record<string, () => Promise<unknown>> = {
    Postgres: () =>
      withinTime(databaseAnswersWithinMs, async () => {
        await database.check();
        await records.ready();
      }),
    Chromium: async () => {
      await assertExecutable(settings.executablePath);
      const fault = pool.fault();
      if (fault !== undefined) throw new ValetError(fault.code, fault.message);
    },
  };
  const answers = await Promise.all(
    Object.entries(checks).map(async ([what, check]) =>
      check().then(
        () => [],
        () => [what],
      ),
    ),
  );
  return answers.flat();
}
