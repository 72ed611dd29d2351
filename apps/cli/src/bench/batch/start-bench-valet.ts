import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ValetClient } from "@valet/client";
import { Secret } from "@valet/runtime";
import { freePort } from "@valet/stack";
import { createApplicant } from "../../demo/start-practice-valet.ts";
import { type LocalApp, appVariables } from "../../local/app-variables.ts";
import { apiKeyFile } from "../../local/running-instance.ts";
import { startApp } from "../../local/start-app.ts";
import type { VerbDeps } from "../../verb.ts";
import { inBenchState, urlOf } from "../in-bench-state.ts";
import { until } from "../until.ts";
import { withoutServers } from "../without-servers.ts";
import { type BenchPractice, startBenchPractice } from "./start-bench-practice.ts";

/** A whole Valet with some workers, beside practice sites; an applicant with a parsed résumé is stored. */
export interface BenchValet {
  readonly apiUrl: string;
  readonly hostUrl: string;
  readonly client: ValetClient;
  readonly resumeId: string;
  readonly practice: BenchPractice;
  /** Its processes by name, those of its servers included. */
  readonly processes: () => readonly { readonly name: string; readonly pid: number }[];
  readonly close: () => Promise<void>;
}

/** Wide but for the browsers at a time: what is measured is how fast Valet is, not what it is kept to. */
function limitsOf(parallel: number): string {
  const each = { live: parallel, perMinute: 100_000 };
  return JSON.stringify({
    live: parallel,
    user: { ...each, perDay: 100_000 },
    platform: { ...each, perDay: 100_000 },
    host: each,
  });
}

/** As shipped, but for its limits: `parallel` browsers work at a time. */
export async function startBenchValet(
  deps: VerbDeps,
  { workers, parallel }: { readonly workers: number; readonly parallel: number },
  signal: AbortSignal,
): Promise<BenchValet> {
  const env = withoutServers(deps.context.env);
  const log = () => undefined;
  return inBenchState(
    env,
    async ({ stateDir, cacheDir, stack, onClose }) => {
      const practice = await startBenchPractice(deps, { stateDir, onClose }, signal);
      const apiPort = await freePort();
      const variables = appVariables({
        stackEnv: stack.env,
        stateDir,
        cacheDir,
        apiPort,
        sessionHostPort: await freePort({ except: new Set([apiPort]) }),
        sessionHostToken: randomBytes(32).toString("hex"),
        chromium: deps.config.VALET_CHROMIUM,
        usesS3: false,
        allowPrivate: new URL(practice.url).host,
      });
      const limits = { VALET_LIMITS: limitsOf(parallel), VALET_MAX_SESSIONS: String(parallel) };
      const start = async (app: LocalApp, name: string = app) => {
        const started = await startApp(
          { app, name, stateDir, callerEnv: env, env: { ...variables[app], ...limits }, log },
          signal,
        );
        onClose(() => started.close());
        return started;
      };
      await start("api");
      const host = await start("session-host");
      for (let n = 1; n <= workers; n += 1) await start("worker", `worker-${n}`);
      const apiUrl = `http://127.0.0.1:${apiPort}`;
      const apiKey = new Secret((await readFile(apiKeyFile(stateDir), "utf8")).trim());
      const { client, resumeId } = await createApplicant({ url: apiUrl, apiKey }, signal);
      const isReady = async () => (await client.getResume(resumeId, signal)).state === "ready";
      await until("a parsed résumé", isReady, { signal, limitMs: 60_000, lookEveryMs: 200 });
      return {
        apiUrl,
        hostUrl: urlOf(host),
        client,
        resumeId,
        practice,
        processes: stack.processes,
      };
    },
    signal,
  );
}
