import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ValetClient } from "@valet/client";
import { ValetError } from "@valet/contracts";
import { Secret } from "@valet/runtime";
import {
  type SupervisedProcess,
  endAbandonedStates,
  freePort,
  startRedis,
  startStack,
  superviseProcess,
} from "@valet/stack";
import { createApplicant } from "../../demo/start-practice-valet.ts";
import { appVariables } from "../../local/app-variables.ts";
import { apiKeyFile } from "../../local/running-instance.ts";
import { handedOn, startApp } from "../../local/start-app.ts";
import { statePlaces } from "../../local/state-places.ts";
import type { VerbDeps } from "../../verb.ts";

/** APIs that nobody works for, and servers without anything of ours to compare them with. */
export interface BenchApi {
  readonly api: Measured;
  /** On the same database, with a Redis that is gone. */
  readonly apiWithoutRedis: Measured;
  readonly bareFanOut: string;
  readonly bareInsert: string;
  readonly close: () => Promise<void>;
}

export interface Measured {
  readonly url: string;
  readonly key: Secret;
  readonly client: ValetClient;
  readonly resumeId: string;
}

const temporaryPrefix = "valet-bench-state-";
/** Nothing listens there, and nothing has to: no worker takes an application. */
export const jobSite = "127.0.0.1:9";

export async function startBenchApi(deps: VerbDeps, signal: AbortSignal): Promise<BenchApi> {
  const { context } = deps;
  await endAbandonedStates({ parent: tmpdir(), prefix: temporaryPrefix }, () => undefined);
  const stateDir = await mkdtemp(join(tmpdir(), temporaryPrefix));
  await chmod(stateDir, 0o711);
  const closers: (() => Promise<void>)[] = [() => rm(stateDir, { recursive: true, force: true })];
  const close = async () => {
    for (let end = closers.pop(); end !== undefined; end = closers.pop()) await end();
  };
  const log = () => undefined;
  try {
    const { cacheDir } = statePlaces(context.env, { stateDir });
    const stack = await startStack({ stateDir, cacheDir, env: { ...context.env }, log }, signal);
    closers.push(stack.close);
    const start = async (
      name: string,
      env: Readonly<Record<string, string>>,
    ): Promise<Measured> => {
      const folder = join(stateDir, name);
      const apiPort = await freePort();
      const { api: variables } = appVariables({
        stackEnv: stack.env,
        stateDir: folder,
        cacheDir,
        apiPort,
        sessionHostPort: 1,
        sessionHostToken: "nobody",
        chromium: deps.config.VALET_CHROMIUM,
        usesS3: false,
        allowPrivate: jobSite,
      });
      const limits = {
        VALET_MAX_STREAMS_PER_PERSON: "2000",
        VALET_RATE_LIMIT_PER_MINUTE: "1000000",
        // What is accepted waits: nobody is there to work on it.
        VALET_OUTBOX_LANES: "0",
      };
      const input = { app: "api", stateDir: folder, callerEnv: context.env, log } as const;
      const started = await startApp(
        { ...input, env: { ...variables, ...limits, ...env } },
        signal,
      );
      closers.push(() => started.close());
      const url = `http://127.0.0.1:${apiPort}`;
      const adminKey = new Secret((await readFile(apiKeyFile(folder), "utf8")).trim());
      const { key, client, resumeId } = await createApplicant({ url, apiKey: adminKey }, signal);
      return { url, key, client, resumeId };
    };
    const startBare = async (name: string, args: readonly string[] = []): Promise<string> => {
      const started = await superviseProcess(
        {
          name,
          stateDir,
          command: process.execPath,
          args: [fileURLToPath(new URL(`${name}.ts`, import.meta.url)), ...args],
          env: handedOn(context.env),
          cwd: stateDir,
          ready: { kind: "json-line" },
          log,
        },
        signal,
      );
      closers.push(() => started.close());
      return urlOf(started);
    };
    const redis = await startRedis({ stateDir: join(stateDir, "gone"), log }, signal);
    const api = await start("with-redis", {});
    const apiWithoutRedis = await start("without-redis", { REDIS_URL: redis.url });
    await redis.close();
    return {
      api,
      apiWithoutRedis,
      bareFanOut: await startBare("bare-fan-out"),
      bareInsert: await startBare("bare-insert", [stack.databaseUrl]),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function urlOf({ info, name }: SupervisedProcess): string {
  const { url } = info;
  if (typeof url === "string") return url;
  throw new ValetError("STACK_START_FAILED", `"${name}" did not say where it listens.`);
}
