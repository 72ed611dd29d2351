import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type SessionHostClient, createSessionHostClient } from "@valet/browser";
import type { ValetClient } from "@valet/client";
import { Secret } from "@valet/runtime";
import { type SupervisedProcess, freePort } from "@valet/stack";
import { createApplicant } from "../demo/start-practice-valet.ts";
import { type LocalApp, appVariables } from "../local/app-variables.ts";
import { apiKeyFile } from "../local/running-instance.ts";
import { startApp } from "../local/start-app.ts";
import type { VerbDeps } from "../verb.ts";
import { inBenchState, urlOf } from "./in-bench-state.ts";

/** A session host with what it needs around it; nobody but the benchmark drives its browsers. */
export interface BenchHost {
  /** Of the session host's process. */
  readonly pid: number;
  readonly stateDir: string;
  readonly host: SessionHostClient;
  /** Where it answers for its metrics. */
  readonly hostUrl: string;
  readonly client: ValetClient;
  /** Of the API, and the key of the person whose tasks these are. */
  readonly api: { readonly url: string; readonly key: Secret };
  readonly resumeId: string;
  readonly practiceUrl: string;
  /** A task that no worker takes: what sessions are opened for. */
  readonly newTask: () => Promise<BenchTask>;
  /** From here on tasks are worked on; those of `newTask` are cancelled first. */
  readonly startWorker: () => Promise<BenchWorker>;
  /** A second host on the same database whose every browser starts cold. */
  readonly startColdHost: () => Promise<SessionHostClient>;
  readonly close: () => Promise<void>;
}

export interface BenchWorker {
  /** Where it answers for its metrics. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface BenchTask {
  readonly taskId: string;
  readonly userId: string;
  /** The job's page on the practice site. */
  readonly url: string;
}

const hibernateAfterMs = 500;

/** `hostEnv` adds to the session host's variables. */
export async function startBenchHost(
  deps: VerbDeps,
  signal: AbortSignal,
  hostEnv: Readonly<Record<string, string>> = {},
): Promise<BenchHost> {
  const { context } = deps;
  const log = () => undefined;
  return inBenchState(
    context.env,
    async ({ stateDir, cacheDir, stack, onClose }) => {
      const start = async (
        app: LocalApp | "practice-ats",
        env: Readonly<Record<string, string>>,
        folder = stateDir,
      ): Promise<SupervisedProcess> => {
        const input = { app, stateDir: folder, env, callerEnv: context.env, log };
        const started = await startApp(input, signal);
        onClose(() => started.close());
        return started;
      };
      const ledger = join(stateDir, "ledger.jsonl");
      const practice = await start("practice-ats", { PRACTICE_PORT: "0", PRACTICE_LEDGER: ledger });
      const practiceUrl = urlOf(practice);
      const apiPort = await freePort();
      const token = new Secret(randomBytes(32).toString("hex"));
      const variables = appVariables({
        stackEnv: stack.env,
        stateDir,
        cacheDir,
        apiPort,
        sessionHostPort: await freePort({ except: new Set([apiPort]) }),
        sessionHostToken: token.reveal(),
        chromium: deps.config.VALET_CHROMIUM,
        usesS3: false,
        allowPrivate: new URL(practiceUrl).host,
      });
      await start("api", variables.api);
      const hostProcess = await start("session-host", {
        ...variables["session-host"],
        ...hostEnv,
      });
      const url = `http://127.0.0.1:${apiPort}`;
      const apiKey = new Secret((await readFile(apiKeyFile(stateDir), "utf8")).trim());
      const { userId, key, client, resumeId } = await createApplicant({ url, apiKey }, signal);
      const tasks: string[] = [];
      return {
        pid: hostProcess.pid,
        stateDir,
        host: createSessionHostClient({ url: urlOf(hostProcess), token }),
        hostUrl: urlOf(hostProcess),
        client,
        api: { url, key },
        resumeId,
        practiceUrl,
        newTask: async () => {
          const jobUrl = `${practiceUrl}/plain/jobs/engineer-${9_000 + tasks.length}`;
          const { id } = await client.createTask({ jobUrl, resumeId, mode: "copilot" }, {}, signal);
          tasks.push(id);
          return { taskId: id, userId, url: jobUrl };
        },
        startWorker: async () => {
          for (const taskId of tasks) await client.cancelTask(taskId, signal);
          const hibernate = { VALET_HIBERNATE_AFTER_MS: String(hibernateAfterMs) };
          const worker = await start("worker", { ...variables.worker, ...hibernate });
          return { url: urlOf(worker), close: () => worker.close() };
        },
        startColdHost: async () => {
          const folder = join(stateDir, "cold");
          const cold = await start(
            "session-host",
            {
              ...variables["session-host"],
              VALET_STATE_DIR: folder,
              VALET_SESSION_HOST_PORT: "0",
              VALET_SESSION_POOL: "0",
            },
            folder,
          );
          return createSessionHostClient({ url: urlOf(cold), token });
        },
      };
    },
    signal,
  );
}
