import { fileURLToPath } from "node:url";
import { type StackLog, type SupervisedProcess, superviseProcess } from "@valet/stack";

/** The processes the command starts; by path, since nobody imports an app. */
export type AppName = "api" | "worker" | "session-host" | "practice-ats";

export interface StartAppInput {
  readonly app: AppName;
  /** Where several of an app run on one state, its own; the app's unless given. */
  readonly name?: string;
  readonly stateDir: string;
  /** The app's own variables, on top of the few that are handed on from the caller. */
  readonly env: Readonly<Record<string, string>>;
  readonly callerEnv: Readonly<Record<string, string | undefined>>;
  readonly log: StackLog;
}

/** Starts one of Valet's processes under this Node and waits for its ready line. */
export function startApp(input: StartAppInput, signal?: AbortSignal): Promise<SupervisedProcess> {
  const { app, name = app, stateDir, env, callerEnv, log } = input;
  return superviseProcess(
    {
      name,
      stateDir,
      command: process.execPath,
      args: [fileURLToPath(new URL(`../../../${app}/src/main.ts`, import.meta.url))],
      env: { ...handedOn(callerEnv), ...env },
      cwd: stateDir,
      ready: { kind: "json-line" },
      readyTimeoutMs: 60_000,
      graceMs: 15_000,
      log,
    },
    signal,
  );
}

const handedOnNames = new Set(
  "PATH HOME USER LOGNAME LANG LC_ALL TZ TMPDIR NODE_EXTRA_CA_CERTS".split(" "),
);
const handedOnPrefixes = ["VALET_", "HATCHET_", "S3_", "WORKER_"];

/** Valet's variables and the operating system's; whatever else the shell holds stays here. */
export function handedOn(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const isHandedOn = (name: string) =>
    handedOnNames.has(name) || handedOnPrefixes.some((prefix) => name.startsWith(prefix));
  return Object.fromEntries(Object.entries(env).filter(([name]) => isHandedOn(name)));
}
