import { availableParallelism } from "node:os";
import { expectedBytesOf } from "./create-memory-budget.ts";
import type { SessionHostConfig } from "./session-host-config.ts";

const megabyte = 1024 * 1024;

export interface HostSize {
  readonly memoryBytes: number;
  readonly maxBytesEach: number;
  readonly pool: { readonly size: number; readonly maxAgeMs: number };
}

/** How much of this machine browsers may take; Node knows of a container's limit as well. */
export function sizeHost(
  config: SessionHostConfig,
  browsers: { readonly hasDisplay: boolean },
  availableBytes: number = process.availableMemory(),
): HostSize {
  const perBrowserMb = expectedBytesOf(browsers) / megabyte;
  const freeMb = Math.floor((availableBytes * 3) / 4 / megabyte);
  const memoryMb = config.VALET_SESSION_MEMORY_MB ?? Math.max(perBrowserMb, freeMb);
  // At most a quarter of the memory waits idle.
  const affordable = Math.floor(memoryMb / 4 / perBrowserMb);
  const size =
    config.VALET_SESSION_POOL ??
    Math.min(availableParallelism(), config.VALET_MAX_SESSIONS, affordable);
  return {
    memoryBytes: memoryMb * megabyte,
    maxBytesEach: config.VALET_SESSION_LIMIT_MB * megabyte,
    pool: { size, maxAgeMs: config.VALET_SESSION_POOL_MAX_AGE_MS },
  };
}
