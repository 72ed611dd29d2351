import { readFile } from "node:fs/promises";
import { Secret } from "@valet/runtime";
import { freePort } from "@valet/stack";
import { createApplicant } from "../../demo/start-practice-valet.ts";
import { appVariables } from "../../local/app-variables.ts";
import { apiKeyFile } from "../../local/running-instance.ts";
import { startApp } from "../../local/start-app.ts";
import type { VerbDeps } from "../../verb.ts";
import { type Measured, jobSite } from "../api/start-bench-api.ts";
import { inBenchState } from "../in-bench-state.ts";
import { withoutServers } from "../without-servers.ts";

/** An API with its console and nobody who works: what is accepted waits. */
export interface BenchConsole extends Measured {
  readonly close: () => Promise<void>;
}

const limits = {
  VALET_RATE_LIMIT_PER_MINUTE: "1000000",
  VALET_MAX_WAITING: "1000000",
  VALET_MAX_WAITING_PER_PERSON: "1000000",
};

export function startBenchConsole(deps: VerbDeps, signal: AbortSignal): Promise<BenchConsole> {
  const env = withoutServers(deps.context.env);
  const log = () => undefined;
  return inBenchState(
    env,
    async ({ stateDir, cacheDir, stack, onClose }) => {
      const apiPort = await freePort();
      const variables = appVariables({
        stackEnv: stack.env,
        stateDir,
        cacheDir,
        apiPort,
        sessionHostPort: 1,
        sessionHostToken: "nobody",
        chromium: deps.config.VALET_CHROMIUM,
        usesS3: false,
        allowPrivate: jobSite,
      });
      const api = await startApp(
        { app: "api", stateDir, callerEnv: env, env: { ...variables.api, ...limits }, log },
        signal,
      );
      onClose(() => api.close());
      const url = `http://127.0.0.1:${apiPort}`;
      const apiKey = new Secret((await readFile(apiKeyFile(stateDir), "utf8")).trim());
      const { key, client, resumeId } = await createApplicant({ url, apiKey }, signal);
      return { url, key, client, resumeId };
    },
    signal,
  );
}

/** The address of a job that nobody has applied for, by its number. */
export function jobUrlOf(number: number): string {
  return `http://${jobSite}/jobs/${number}`;
}
