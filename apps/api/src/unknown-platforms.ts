import type { Limits } from "@valet/contracts";
import { siteNames } from "@valet/sites/addresses";

/** Names in `platforms` that no application ever has, so that their limits would be without effect. */
export function unknownPlatforms({ platforms = {} }: Limits): {
  readonly unknown: readonly string[];
  readonly known: readonly string[];
} {
  const known: readonly string[] = siteNames;
  return { unknown: Object.keys(platforms).filter((name) => !known.includes(name)), known };
}
