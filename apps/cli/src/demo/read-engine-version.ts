import { type StackEngine, inspectEngine } from "@valet/stack";

/** What the engine says it is; null when an engine of somebody else's does not tell. */
export async function readEngineVersion(engine: StackEngine): Promise<string | null> {
  if (engine.version !== undefined) return engine.version;
  const findings = await inspectEngine({ env: engine.env, actions: [] });
  const version = findings.find(({ check }) => check === "version");
  return /v\d+\.\d+\.\d+(-[\w.-]*\w)?/.exec(version?.message ?? "")?.[0] ?? null;
}
