/** What tests share. Each test file has its own database, engine namespace and channel prefix. */
export {
  type TestDatabase,
  type TestServices,
  testChannelPrefix,
  testDatabase,
  testDatabaseCopies,
  testEngineDatabaseUrl,
  testEngineEnv,
  testNamespace,
  testServiceOutput,
  testServices,
  testStateDir,
} from "./test-services.ts";
export { type Held, type HoldPoints, createHoldPoints } from "./hold-points.ts";
export { type CrashDesk, type Visit, openCrashDesk } from "./crash-points/open-crash-desk.ts";
export {
  type AppName,
  type LedgerLine,
  type StartValetInput,
  type TestValet,
  startValet,
} from "./start-valet.ts";
export {
  type Canaries,
  type CanarySearch,
  searchForCanaries,
} from "./canaries/search-for-canaries.ts";
export { type RowWatch, watchRows } from "./canaries/watch-rows.ts";
export { randomOf } from "./random-of.ts";
export { resumePdf } from "./resume-pdf.ts";
export { onceAProcess } from "./once-a-process.ts";
export { until } from "./until.ts";
export { everyCaseOr, isSweep } from "./every-case-or.ts";
export { type CuttableProxy, openCuttableProxy } from "./open-cuttable-proxy.ts";
export type { ModelImage, ModelRequest } from "./model-request.ts";
export {
  type ModelReply,
  type ModelScript,
  type ScriptedModel,
  openScriptedModel,
  scriptedUsage,
} from "./open-scripted-model.ts";
