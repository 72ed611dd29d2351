import {
  type Env,
  type RunningEngine,
  type RunningPostgres,
  type RunningRedis,
  cacheDir,
  databaseNames,
  engineBinDir,
  isRoot,
  startEngine,
  startPostgres,
  startRedis,
} from "@valet/stack";
import { type StartValetInput, testDatabase, testStateDir } from "@valet/testkit";

export type ServiceName = "postgres" | "redis" | "engine";

/** Servers of a test's own, which it may therefore kill. */
export interface OwnServices {
  /** For `startValet`. */
  readonly input: Required<Pick<StartValetInput, "databaseUrl" | "engineEnv" | "env">>;
  /** Ends one at once, as a crash would, and starts it again where it was. */
  readonly crash: (service: ServiceName) => Promise<void>;
  readonly close: () => Promise<void>;
}

type Running = RunningEngine | RunningPostgres | RunningRedis;

/** The engine keeps its database on the run's server: only one thing dies at a time. */
export async function startOwnServices(env: Env): Promise<OwnServices> {
  const cache = cacheDir(env, isRoot());
  const states = { postgres: testStateDir(), redis: testStateDir(), engine: testStateDir() };
  const engineDatabase = await testDatabase();
  const log = () => {};
  const starts = {
    postgres: () => startPostgres({ stateDir: states.postgres, cacheDir: cache, log }),
    redis: () => startRedis({ stateDir: states.redis, log }),
    engine: () =>
      startEngine({
        binDir: engineBinDir(cache),
        stateDir: states.engine,
        databaseUrl: engineDatabase.url,
        log,
      }),
  };
  const [postgres, redis, engine] = await Promise.all([
    starts.postgres(),
    starts.redis(),
    starts.engine(),
  ]);
  const running: Record<ServiceName, Running> = { postgres, redis, engine };
  return {
    input: {
      databaseUrl: postgres.url(databaseNames.valet),
      engineEnv: { ...engine.env },
      env: { REDIS_URL: redis.url },
    },
    crash: async (service) => {
      process.kill(running[service].pid, "SIGKILL");
      // Also what it left behind: Postgres has processes of its own for its connections.
      await running[service].close();
      running[service] = await starts[service]();
    },
    close: async () => {
      await Promise.all(Object.values(running).map((one) => one.close()));
      await engineDatabase.drop();
    },
  };
}
