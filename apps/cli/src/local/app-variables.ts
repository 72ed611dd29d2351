import { join } from "node:path";
import type { Secret } from "@valet/runtime";
import type { AppName } from "./start-app.ts";

export interface AppVariablesInput {
  /** DATABASE_URL, REDIS_URL and HATCHET_CLIENT_* of the stack. */
  readonly stackEnv: Readonly<Record<string, string>>;
  readonly stateDir: string;
  readonly cacheDir: string;
  readonly apiPort: number;
  readonly sessionHostPort: number;
  readonly sessionHostToken: string;
  readonly chromium: string;
  /** Objects go to S3 by the caller's S3_* variables instead of into the state. */
  readonly usesS3: boolean;
  /** Private `host:port` addresses that may be opened; undefined leaves it to the caller. */
  readonly allowPrivate: string | undefined;
  /** Keys of models by the variable that each is read from; none where no model is asked. */
  readonly modelKeys?: Readonly<Record<string, Secret | undefined>>;
}

export type LocalApp = Exclude<AppName, "practice-ats">;

/** Which variables each process gets: none more than it needs. */
export function appVariables(input: AppVariablesInput): Record<LocalApp, Record<string, string>> {
  const { stackEnv, stateDir, sessionHostToken } = input;
  const sessionHostUrl = `http://127.0.0.1:${input.sessionHostPort}`;
  const storage: Record<string, string> = input.usesS3
    ? {}
    : { VALET_STORAGE_DIR: join(stateDir, "objects") };
  const shared: Record<string, string> = {
    VALET_STATE_DIR: stateDir,
    // Node keeps compiled code there: the second start of a process takes half as long.
    NODE_COMPILE_CACHE: join(input.cacheDir, "node"),
    ...(input.allowPrivate === undefined ? {} : { VALET_ALLOW_PRIVATE: input.allowPrivate }),
  };
  return {
    "session-host": {
      ...shared,
      DATABASE_URL: stackEnv["DATABASE_URL"] ?? "",
      VALET_SESSION_HOST_PORT: String(input.sessionHostPort),
      VALET_SESSION_HOST_TOKEN: sessionHostToken,
      VALET_CHROMIUM: input.chromium,
    },
    worker: {
      ...shared,
      ...stackEnv,
      ...storage,
      VALET_SESSION_HOST_URL: sessionHostUrl,
      VALET_SESSION_HOST_TOKEN: sessionHostToken,
      VALET_PUBLIC_URL: `http://127.0.0.1:${input.apiPort}`,
      ...revealed(input.modelKeys ?? {}),
    },
    api: {
      ...shared,
      ...stackEnv,
      ...storage,
      VALET_API_PORT: String(input.apiPort),
      VALET_SESSION_HOST_TOKEN: sessionHostToken,
    },
  };
}

function revealed(keys: Readonly<Record<string, Secret | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) =>
      key === undefined ? [] : [[name, key.reveal()]],
    ),
  );
}
