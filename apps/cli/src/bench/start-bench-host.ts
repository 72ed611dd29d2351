import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SessionHostClient, createSessionHostClient } from "@valet/browser";
import type { ValetClient } from "@valet/client";
import { ValetError } from "@valet/contracts";
import { Secret } from "@valet/runtime";
import { type SupervisedProcess, endAbandonedStates, freePort, startStack } from "@valet/stack";
import { createApplicant } from "../demo/start-practice-valet.ts";
import { type LocalApp, appVariables } from "../local/app-variables.ts";
import { apiKeyFile } from "../local/running-instance.ts";
import { startApp } from "../local/start-app.ts";
import { statePlaces } from "../local/state-places.ts";
import type { VerbDeps } from "../verb.ts";

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

const temporaryPrefix = "valet-bench-state-";
const hibernateAfterMs = 500;

/** `hostEnv` adds to the session host's variables. */
export async function startBenchHost(
  deps: VerbDeps,
  signal: AbortSignal,
  hostEnv: Readonly<Record<string, string>> = {},
): Promise<BenchHost> {
  const { context } = deps;
  await endAbandonedStates({ parent: tmpdir(), prefix: temporaryPrefix }, () => undefined);
  const stateDir = await mkdtemp(join(tmpdir(), temporaryPrefix));
  // Browsers run as a user of their own, who has to pass through to the profiles.
  await chmod(stateDir, 0o711);
  const closers: (() => Promise<void>)[] = [() => rm(stateDir, { recursive: true, force: true })];
  const close = async () => {
    for (let end = closers.pop(); end !== undefined; end = closers.pop()) await end();
  };
  try {
    const log = () => undefined;
    const { cacheDir } = statePlaces(context.env, { stateDir });
    const stack = await startStack({ stateDir, cacheDir, env: { ...context.env }, log }, signal);
    closers.push(stack.close);
    const start = async (
      app: LocalApp | "practice-ats",
      env: Readonly<Record<string, string>>,
      folder = stateDir,
    ): Promise<SupervisedProcess> => {
      const input = { app, stateDir: folder, env, callerEnv: context.env, log };
      const started = await startApp(input, signal);
      closers.push(() => started.close());
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
