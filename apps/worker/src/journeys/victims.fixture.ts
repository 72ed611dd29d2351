import { type TestValet, until } from "@valet/testkit";
import postgres from "postgres";
import { killBrowsers } from "./browsers.fixture.ts";
import type { OwnServices, ServiceName } from "./own-services.fixture.ts";

export const victimNames = [
  "worker",
  "zombie",
  "session-host",
  "browser",
  "api",
  "redis",
  "engine",
  "postgres",
] as const;
export type VictimName = (typeof victimNames)[number];

/** What may die, and how it comes back. */
export interface Victims {
  /** Returns when the victim is gone and its successor is ready. */
  readonly strike: (victim: VictimName) => Promise<void>;
  /** Ends the workers that were frozen and have had time to do harm. */
  readonly bury: () => Promise<void>;
  /** The worker that does the work now. */
  readonly worker: () => string;
}

interface VictimsDeps {
  readonly valet: TestValet;
  /** Without them the servers cannot be killed. */
  readonly services?: OwnServices | undefined;
  /** The one worker that runs at first. */
  readonly worker: string;
}

/** The engine gives a lost worker's steps away after 30 s without a heartbeat. */
const reassignMs = 90_000;

export function createVictims({ valet, services, worker: first }: VictimsDeps): Victims {
  let worker = first;
  let successors = 0;
  const zombies: string[] = [];

  /** Frozen until the engine has given its work to another worker, then awake beside that one. */
  async function freezeWorker(): Promise<void> {
    const { pid } = valet.process(worker);
    process.kill(pid, "SIGSTOP");
    zombies.push(worker);
    const since = new Date();
    successors += 1;
    worker = `${first}-successor-${successors}`;
    try {
      await valet.start("worker", { name: worker });
      await until("work was given to the successor", () => hasStarted(valet, since), reassignMs);
    } finally {
      process.kill(pid, "SIGCONT");
    }
  }

  async function strike(victim: VictimName): Promise<void> {
    switch (victim) {
      case "worker":
        await valet.kill(worker);
        return void (await valet.start("worker", { name: worker }));
      case "zombie":
        return freezeWorker();
      case "session-host":
      case "api":
        await valet.kill(victim);
        return void (await valet.start(victim));
      case "browser":
        return killBrowsers(valet);
      case "redis":
      case "engine":
      case "postgres":
        return crashService(services, victim);
    }
  }
  return {
    strike,
    bury: async () => {
      for (const zombie of zombies.splice(0)) await valet.kill(zombie);
    },
    worker: () => worker,
  };
}

async function crashService(services: OwnServices | undefined, name: ServiceName): Promise<void> {
  if (services === undefined) throw new Error(`${name} is not this test's own, so it stays alive.`);
  await services.crash(name);
}

/** Whether a step was started since then: while the only worker is frozen, by another one. */
async function hasStarted({ databaseUrl }: TestValet, since: Date): Promise<boolean> {
  const sql = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    const rows = await sql`select 1 from step_runs where started_at > ${since} limit 1`;
    return rows.length > 0;
  } finally {
    await sql.end();
  }
}
