import { setTimeout as delay } from "node:timers/promises";
import { type HatchetClient, RateLimitDuration } from "@hatchet-dev/typescript-sdk";
import { RateLimitDuration as TaskRateLimitDuration } from "@hatchet-dev/typescript-sdk/protoc/v1/workflows.js";
import type { Limits } from "@valet/contracts";
import { defaultLimits, limitsOf } from "@valet/domain";
import type { Logger } from "@valet/runtime";
import { siteNames } from "@valet/sites/addresses";
import { ownName } from "./own-name.ts";

/** Runs whose admission was paced say in their metadata what their person may start in a minute; others count nothing. */
const isPaced = "has(additional_metadata.startsPerMinute)";

/**
 * The engine's own caps on starts, which `start-browser` consumes: one unit of its platform's static key, one of its
 * person's dynamic key. Coarse, and a second lock behind admission, which alone knows days, hosts and spacing
 * (decision 30).
 */
export function startCaps(hatchet: HatchetClient) {
  return [
    ...siteNames.map((site) => ({
      staticKey: platformKey(hatchet, site),
      units: `${isPaced} && input.platform == "${site}" ? 1 : 0`,
    })),
    {
      dynamicKey: `"${ownName(hatchet, "person:")}" + input.userId`,
      units: `${isPaced} ? 1 : 0`,
      limit: `${isPaced} ? int(additional_metadata.startsPerMinute) : ${defaultLimits.user.perMinute}`,
      duration: TaskRateLimitDuration.MINUTE,
    },
  ];
}

/** A tenant of the engine may have several installations. */
function platformKey(hatchet: HatchetClient, site: string): string {
  return ownName(hatchet, `platform:${site}`);
}

/** Static keys must be there before a run asks for one. Those that are as `declared` are left alone. */
export async function declarePlatformCaps(
  hatchet: HatchetClient,
  everybody: Limits,
  declared: ReadonlyMap<string, number> = new Map(),
): Promise<ReadonlyMap<string, number>> {
  const caps = new Map(
    siteNames.map((platform) => {
      const { platformPerMinute } = limitsOf({ platform, host: "", employer: null }, everybody);
      return [platformKey(hatchet, platform), platformPerMinute];
    }),
  );
  for (const [key, limit] of caps) {
    if (declared.get(key) === limit) continue;
    await hatchet.ratelimits.upsert({ key, limit, duration: RateLimitDuration.MINUTE });
  }
  return caps;
}

const refreshMs = 15_000;

/** Follows what an admin says: otherwise the engine would hold back what admission lets go. Never rejects. */
export async function keepPlatformCaps(
  {
    hatchet,
    readLimits,
    log,
  }: {
    readonly hatchet: HatchetClient;
    readonly readLimits: () => Promise<Limits>;
    readonly log: Logger;
  },
  first: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<void> {
  let declared = first;
  while (!signal.aborted) {
    await delay(refreshMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      declared = await declarePlatformCaps(hatchet, await readLimits(), declared);
    } catch (err) {
      log.warn({ err }, "the engine's caps on starts could not be set; tried again");
    }
  }
}
