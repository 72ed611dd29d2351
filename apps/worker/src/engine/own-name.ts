import type { HatchetClient } from "@hatchet-dev/typescript-sdk";

/**
 * The name of a child workflow with the namespace already in front. SDK 1.33.2 looks for a sticky
 * child by the bare name among registered names that carry the namespace, does not find it and
 * throws; a name that starts with the namespace gets none put before it again.
 */
export function ownName({ config }: HatchetClient, name: string): string {
  return `${config.namespace ?? ""}${name}`;
}
