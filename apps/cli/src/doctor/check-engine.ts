import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stepNames, workflowNames } from "@valet/contracts";
import { type EngineFinding, inspectEngine } from "@valet/stack";
import { type CheckResult, broken, note, ok } from "./check-result.ts";

type Env = Readonly<Record<string, string | undefined>>;

export interface CheckEngineInput {
  readonly env: Env;
  readonly stateDir: string;
  /** Whether a Valet runs on this state at this moment. */
  readonly isRunning: boolean;
}

/** What an application needs a worker for. */
const actions = [
  ...stepNames.map((step) => `${workflowNames.jobApplication}:${step}`),
  `${workflowNames.fillPage}:${workflowNames.fillPage}`,
  `${workflowNames.dispatch}:${workflowNames.dispatch}`,
];

/** Why the engine cannot be worked with, or that it can. */
export async function checkEngine(input: CheckEngineInput): Promise<CheckResult[]> {
  const clientEnv = await engineClientEnv(input);
  if (clientEnv === undefined) return [noToken];
  return (await inspectEngine({ env: clientEnv, actions })).map(resultOf);
}

const noToken = note(
  "engine.token",
  "HATCHET_CLIENT_TOKEN is not set, so `up` starts an engine of its own. It does not run at this moment.",
  "npm run -s valet -- up (or set HATCHET_CLIENT_TOKEN to use an engine of yours)",
);

/** The caller's engine; else the one that the running Valet started, by what it keeps in its state. */
async function engineClientEnv({
  env,
  stateDir,
  isRunning,
}: CheckEngineInput): Promise<Env | undefined> {
  if ((env["HATCHET_CLIENT_TOKEN"] ?? "") !== "") return env;
  if (!isRunning) return undefined;
  const path = join(stateDir, "secrets", "hatchet-token");
  const token = (await readFile(path, "utf8").catch(() => "")).trim();
  if (token === "") return undefined;
  return { HATCHET_CLIENT_TOKEN: token, HATCHET_CLIENT_TLS_STRATEGY: "none" };
}

function resultOf(finding: EngineFinding): CheckResult {
  const check = `engine.${finding.check}`;
  return finding.ok ? ok(check, finding.message) : broken(check, finding.message, finding.fix);
}

/** Said wherever the embedded engine is used: nobody should be surprised by open ports. */
export const openPortsNote = note(
  "engine.ports",
  "The embedded engine binds gRPC to 127.0.0.1, but its four HTTP ports cannot be bound to one address. Signing up is off and the administrator's password is generated; still, close them to others with a firewall.",
);
