import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ValetClient } from "@valet/client";
import { Secret } from "@valet/runtime";
import { databaseNames, freePort, startRedis, superviseProcess } from "@valet/stack";
import { createApplicant } from "../../demo/start-practice-valet.ts";
import { appVariables } from "../../local/app-variables.ts";
import { apiKeyFile } from "../../local/running-instance.ts";
import { handedOn, startApp } from "../../local/start-app.ts";
import type { VerbDeps } from "../../verb.ts";
import { inBenchState, urlOf } from "../in-bench-state.ts";
import { withoutServers } from "../without-servers.ts";
import { until } from "../until.ts";
import { type RunCounts, openRunCounter } from "./count-runs.ts";

/** APIs that nobody works for, and servers without anything of ours to compare them with. */
export interface BenchApi {
  readonly api: Measured;
  /** On the same database, with a Redis that is gone. */
  readonly apiWithoutRedis: Measured;
  readonly bareFanOut: string;
  readonly bareInsert: string;
  /** Carries to the engine what was accepted, where no worker takes it, and counts what came of it. */
  readonly countRuns: () => Promise<RunCounts>;
  readonly close: () => Promise<void>;
}

export interface Measured {
  readonly url: string;
  readonly key: Secret;
  readonly client: ValetClient;
  readonly resumeId: string;
}

/** Nothing listens there, and nothing has to: no worker takes an application. */
export const jobSite = "127.0.0.1:9";

const limits = {
  VALET_MAX_STREAMS_PER_PERSON: "2000",
  VALET_RATE_LIMIT_PER_MINUTE: "1000000",
  VALET_MAX_WAITING: "1000000",
  // What is measured is how fast it is taken, not how many may start.
  VALET_LIMITS: JSON.stringify({
    user: { live: 10_000 },
    platform: { live: 10_000 },
    host: { live: 10_000 },
  }),
  VALET_MAX_WAITING_PER_PERSON: "1000000",
  // What is accepted waits until it is counted.
  VALET_OUTBOX_LANES: "0",
};

export async function startBenchApi(deps: VerbDeps, signal: AbortSignal): Promise<BenchApi> {
  const env = withoutServers(deps.context.env);
  const log = () => undefined;
  return inBenchState(
    env,
    async ({ stateDir, cacheDir, stack, onClose }) => {
      const input = { callerEnv: env, log };
      // All of them see the same files.
      const objects = { VALET_STORAGE_DIR: join(stateDir, "objects") };
      const variablesIn = (folder: string, apiPort: number) =>
        appVariables({
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
      const startApi = async (name: string, more: Readonly<Record<string, string>>) => {
        const folder = join(stateDir, name);
        const apiPort = await freePort();
        const variables = { ...variablesIn(folder, apiPort).api, ...objects, ...limits, ...more };
        const started = await startApp(
          { ...input, app: "api", stateDir: folder, env: variables },
          signal,
        );
        onClose(() => started.close());
        return { url: `http://127.0.0.1:${apiPort}`, folder, close: () => started.close() };
      };
      const start = async (
        name: string,
        more: Readonly<Record<string, string>>,
      ): Promise<Measured> => {
        const { url, folder } = await startApi(name, more);
        const adminKey = new Secret((await readFile(apiKeyFile(folder), "utf8")).trim());
        const { key, client, resumeId } = await createApplicant({ url, apiKey: adminKey }, signal);
        return { url, key, client, resumeId };
      };
      /**
       * A worker that parses the résumés and ends before anything is accepted: the engine starts only what a
       * worker has told it of, and an application whose résumé is not parsed waits.
       */
      const parseResumes = async (people: readonly Measured[]) => {
        const folder = join(stateDir, "teller");
        const variables = { ...variablesIn(folder, 1).worker, ...objects };
        const worker = await startApp(
          { ...input, app: "worker", stateDir: folder, env: variables },
          signal,
        );
        const relay = await startApi("first-relay", { VALET_OUTBOX_LANES: "1" });
        for (const { client, resumeId } of people) {
          const isReady = async () => (await client.getResume(resumeId, signal)).state === "ready";
          await until("a parsed résumé", isReady, { signal, limitMs: 60_000, lookEveryMs: 200 });
        }
        await relay.close();
        await worker.close();
      };
      const startBare = async (name: string, args: readonly string[] = []): Promise<string> => {
        const started = await superviseProcess(
          {
            name,
            stateDir,
            command: process.execPath,
            args: [fileURLToPath(new URL(`${name}.ts`, import.meta.url)), ...args],
            env: handedOn(env),
            cwd: stateDir,
            ready: { kind: "json-line" },
            log,
          },
          signal,
        );
        onClose(() => started.close());
        return urlOf(started);
      };
      const redis = await startRedis({ stateDir: join(stateDir, "gone"), log }, signal);
      const api = await start("with-redis", {});
      const apiWithoutRedis = await start("without-redis", { REDIS_URL: redis.url });
      try {
        await parseResumes([api, apiWithoutRedis]);
      } finally {
        await redis.close();
      }
      const counter = openRunCounter({
        valet: stack.databaseUrl,
        engine: stack.postgres?.url(databaseNames.hatchet) ?? "",
      });
      onClose(counter.close);
      return {
        api,
        apiWithoutRedis,
        bareFanOut: await startBare("bare-fan-out"),
        bareInsert: await startBare("bare-insert", [stack.databaseUrl]),
        countRuns: async () => {
          await startApi("relay", { VALET_OUTBOX_LANES: "4" });
          return counter.count(signal);
        },
      };
    },
    signal,
  );
}
