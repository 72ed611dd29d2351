/**
 * Starts what Valet stands on and supervises processes; for `valet up`, the demo and the tests.
 *
 * - `startStack`: Postgres, Redis and the engine, whatever no variable names; one per state folder.
 *   `startPostgres`, `startRedis`, `startEngine` are its parts, for tests that end one of them.
 * - `superviseProcess`: any other child on the same state: api, worker, session host.
 * - `inspectEngine`: why a Hatchet client does not reach its engine.
 * - `stateDir`, `cacheDir`: where state and caches are.
 */
export { engineBinDir, engineVersion } from "../bootstrap/engine.mjs";
export { cacheDir, isRoot, stateDir } from "../bootstrap/places.mjs";
export { endAbandonedStates } from "./abandoned-states.ts";
export { type ChooseEngineInput, type EngineKind, chooseEngine } from "./choose-engine.ts";
export { type FreePortInput, freePort } from "./free-port.ts";
export {
  type EngineCheck,
  type EngineFault,
  type EngineFinding,
  type InspectEngineInput,
  inspectEngine,
} from "./inspect-engine.ts";
export { type ProcessRecord, runningRecords } from "./process-record.ts";
export type { Env, StackLog } from "./stack-log.ts";
export {
  type EngineEnv,
  type RunningEngine,
  type StartEngineInput,
  startEngine,
} from "./start-engine.ts";
export {
  type RunningPostgres,
  type StartPostgresInput,
  databaseNames,
  startPostgres,
} from "./start-postgres.ts";
export { type RunningRedis, type StartRedisInput, startRedis } from "./start-redis.ts";
export { type Stack, type StackEngine, type StartStackInput, startStack } from "./start-stack.ts";
export {
  type ProcessEnd,
  type SuperviseInput,
  type SupervisedProcess,
  superviseProcess,
} from "./supervise-process.ts";
export type { Readiness } from "./wait-until-ready.ts";
