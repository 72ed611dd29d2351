import type { EvictionPolicy } from "@hatchet-dev/typescript-sdk";

/** A waiting run stays in memory: evicting it would only cost a restart (notes on eviction). */
export function keepInMemory(task: { evictionPolicy?: EvictionPolicy }): void {
  task.evictionPolicy = { allowCapacityEviction: false };
}
