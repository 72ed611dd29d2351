import { dirname, join } from "node:path";
import {
  type Env,
  cacheDir,
  databaseNames,
  engineBinDir,
  isRoot,
  startEngine,
  startPostgres,
  startRedis,
} from "@valet/stack";
import { type TestValet, startValet, testStateDir } from "@valet/testkit";
import { allowEverything } from "../journeys/allow-everything.fixture.ts";
import { type Applicant, createApplicant } from "../journeys/applicant.fixture.ts";
import type { Roots } from "./process-costs.fixture.ts";

/** One process of each part with servers of its own, the engine's Postgres apart from Valet's, on safe settings. */
export interface OwnInstallation {
  readonly valet: TestValet;
  readonly ada: Applicant;
  readonly roots: Roots;
  readonly urls: { readonly valet: string; readonly engine: string; readonly redis: string };
  /** Where résumés and evidence are kept. */
  readonly objectsDir: string;
  readonly close: () => Promise<void>;
}

export async function startOwnInstallation(
  env: Env,
  variables: Readonly<Record<string, string>>,
): Promise<OwnInstallation> {
  const cache = cacheDir(env, isRoot());
  const log = () => {};
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closers.toReversed()) await end();
  };
  const keep = async <T extends { readonly close: () => Promise<void> }>(starting: Promise<T>) => {
    const started = await starting;
    closers.push(started.close);
    return started;
  };
  try {
    const server = () => keep(startPostgres({ stateDir: testStateDir(), cacheDir: cache, log }));
    const own = await server();
    const engines = await server();
    const redis = await keep(startRedis({ stateDir: testStateDir(), log }));
    const urls = {
      valet: own.url(databaseNames.valet),
      engine: engines.url(databaseNames.hatchet),
      redis: redis.url,
    };
    const engine = await keep(
      startEngine({
        binDir: engineBinDir(cache),
        stateDir: testStateDir(),
        databaseUrl: urls.engine,
        log,
      }),
    );
    const valet = await keep(
      startValet({
        databaseUrl: urls.valet,
        engineEnv: { ...engine.env },
        env: { REDIS_URL: redis.url, VALET_RECONCILE_MS: "10000", ...variables },
      }),
    );
    const ada = await createApplicant(valet);
    await allowEverything(urls.valet);
    return {
      valet,
      ada,
      urls,
      objectsDir: join(dirname(dirname(valet.process("api").logFile)), "objects"),
      roots: {
        api: valet.process("api").pid,
        worker: valet.process("worker-1").pid,
        "session host": valet.process("session-host").pid,
        engine: engine.pid,
        "Postgres of the engine": engines.pid,
        "Postgres of Valet": own.pid,
        Redis: redis.pid,
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
