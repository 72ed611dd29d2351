export { announceReady } from "./announce-ready.ts";
export { assertEngineListening } from "./assert-engine-listening.ts";
export { type Checkpoint, checkpointUrl, createCheckpoint } from "./create-checkpoint.ts";
export { type LogLevel, type Logger, type LoggerInput, createLogger } from "./create-logger.ts";
export {
  type Counter,
  type Gauge,
  type Histogram,
  type Metrics,
  createMetrics,
} from "./create-metrics.ts";
export {
  type Shutdown,
  type ShutdownInput,
  type ShutdownOutcome,
  createShutdown,
  onShutdown,
} from "./create-shutdown.ts";
export { type ErrorView, errorView } from "./error-view.ts";
export { lookUpHost } from "./look-up-host.ts";
export { loadConfig } from "./load-config.ts";
export { readPracticeHosts } from "./read-practice-hosts.ts";
export { Secret, secretSchema } from "./secret.ts";
export { type UntilReadyInput, untilReady } from "./until-ready.ts";
export { withinTime } from "./within-time.ts";
