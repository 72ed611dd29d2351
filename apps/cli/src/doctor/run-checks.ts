import { existsSync } from "node:fs";
import { join } from "node:path";
import { isRoot } from "@valet/stack";
import type { Config } from "../config.ts";
import { findRunningInstance } from "../local/running-instance.ts";
import type { StatePlaces } from "../local/state-places.ts";
import { checkApi } from "./check-api.ts";
import { checkEngine, openPortsNote } from "./check-engine.ts";
import {
  checkBrowserUser,
  checkChromium,
  checkDisplay,
  checkEngineProgram,
  checkFolders,
  checkNode,
  checkRedisProgram,
} from "./check-machine.ts";
import { type CheckResult, ok } from "./check-result.ts";
import { checkModel } from "./check-model.ts";
import { checkDatabaseUrl, checkRedisUrl } from "./check-services.ts";

export interface RunChecksInput {
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly places: StatePlaces;
  readonly nodeVersion: string;
}

/** Looks at everything Valet stands on, in the order things depend on each other. Changes nothing. */
export async function runChecks(
  input: RunChecksInput,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const { config, env, places } = input;
  const running = await findRunningInstance(places.stateDir, signal);
  const isEmbedded = config.HATCHET_CLIENT_TOKEN === undefined;
  const url = config.VALET_API_URL ?? running?.url;
  const { stateDir, cacheDir } = places;
  const [chromium, display, sandbox, folders, postgres, redis, engine, api, model] =
    await Promise.all([
      checkChromium(config.VALET_CHROMIUM),
      checkDisplay(config.VALET_DISPLAY),
      checkBrowserUser({
        isRoot: isRoot(),
        named: config.VALET_BROWSER_USER,
        withoutSandbox: config.VALET_ALLOW_NO_SANDBOX,
      }),
      checkFolders(places),
      checkPostgres(config, stateDir),
      checkRedis(config, env),
      checkEngine({ env, stateDir, isRunning: running !== undefined }),
      checkApi({ url, isConfigured: config.VALET_API_URL !== undefined }),
      checkModel(env, signal),
    ]);
  const embedded = isEmbedded ? [checkEngineProgram(cacheDir), openPortsNote] : [];
  const node = checkNode(input.nodeVersion);
  return [
    node,
    chromium,
    display,
    sandbox,
    ...folders,
    postgres,
    redis,
    ...embedded,
    ...engine,
    api,
    ...model,
  ];
}

async function checkPostgres(
  { DATABASE_URL: given }: Config,
  stateDir: string,
): Promise<CheckResult> {
  return given === undefined ? ownPostgres(stateDir) : checkDatabaseUrl(given.reveal());
}

async function checkRedis(
  { REDIS_URL: given }: Config,
  env: RunChecksInput["env"],
): Promise<CheckResult> {
  return given === undefined ? checkRedisProgram(env["PATH"]) : checkRedisUrl(given.reveal());
}

function ownPostgres(stateDir: string): CheckResult {
  const has = existsSync(join(stateDir, "postgres"));
  const where = has
    ? `has its data in ${join(stateDir, "postgres")}`
    : "is made at the first start";
  return ok("postgres", `DATABASE_URL is not set: Valet's own Postgres ${where}.`);
}
