import { type TestValet, type Visit, until } from "@valet/testkit";
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
/** `workers`: of two one is killed and the other is frozen, which costs the engine's 30 s only once. */
export type VictimName = (typeof victimNames)[number] | "workers";

/** What may die, and how it comes back. */
export interface Victims {
  /** Returns when the victim is gone and its successor is ready; `parked` says who is where. */
  readonly strike: (victim: VictimName, parked?: readonly Visit[]) => Promise<void>;
  /** Ends the workers that were frozen and have had time to do harm. */
  readonly bury: () => Promise<void>;
}

interface VictimsDeps {
  readonly valet: TestValet;
  /** Without them the servers cannot be killed. */
  readonly services?: OwnServices | undefined;
  /** The workers that run at first, by name. */
  readonly workers: readonly string[];
}

/** The engine gives a lost worker's steps away after 30 s without a heartbeat. */
const reassignMs = 90_000;

export function createVictims({ valet, services, workers }: VictimsDeps): Victims {
  const running = [...workers];
  const zombies: string[] = [];
  let successors = 0;

  async function killWorker(): Promise<void> {
    // One after the other, where there are several.
    const name = running.shift() ?? "";
    await valet.kill(name);
    await valet.start("worker", { name });
    running.push(name);
  }

  /** Frozen until the engine has given its work to another worker, then awake beside that one. */
  async function freezeWorker(parked: readonly Visit[]): Promise<void> {
    const zombie = running.pop() ?? "";
    const { pid } = valet.process(zombie);
    process.kill(pid, "SIGSTOP");
    zombies.push(zombie);
    successors += 1;
    const successor = `worker-successor-${successors}`;
    running.push(successor);
    const frozenAt = new Date();
    try {
      await valet.start("worker", { name: successor });
      const tasks = parked
        .filter((visit) => visit.pid === pid)
        .flatMap(({ taskId }) => taskId ?? []);
      const look = () => isTakenOver(valet, { tasks, frozenAt });
      if (tasks.length > 0) await until("its work is done by another", look, reassignMs);
    } finally {
      process.kill(pid, "SIGCONT");
    }
  }

  async function strike(victim: VictimName, parked: readonly Visit[] = []): Promise<void> {
    switch (victim) {
      case "worker":
        return killWorker();
      case "zombie":
        return freezeWorker(parked);
      case "workers":
        return void (await Promise.all([killWorker(), freezeWorker(parked)]));
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
  };
}

async function crashService(services: OwnServices | undefined, name: ServiceName): Promise<void> {
  if (services === undefined) throw new Error(`${name} is not this test's own, so it stays alive.`);
  await services.crash(name);
}

/** Whether another worker has started a step of one of these. The database's clock is this machine's. */
async function isTakenOver(
  { databaseUrl }: TestValet,
  { tasks, frozenAt }: { readonly tasks: readonly string[]; readonly frozenAt: Date },
): Promise<boolean> {
  const sql = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    const rows = await sql`
      select 1 from step_runs
      where task_id in ${sql(tasks)} and started_at > ${frozenAt} limit 1`;
    return rows.length > 0;
  } finally {
    await sql.end();
  }
}
