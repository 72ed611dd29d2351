import type { Page } from "playwright";
import { adapters } from "./adapters.ts";
import { identifyJob } from "./identify-job.ts";
import type { SiteHook } from "./site-adapter.ts";
import type { SiteName } from "./site-names.ts";

export interface SeenHook extends SiteHook {
  readonly isSeen: boolean;
}

export interface RecognisedPage {
  readonly site: SiteName;
  /** `hooks`: the address did not tell, what is on the page did. */
  readonly by: "address" | "hooks" | "nothing";
  /** Which page of its site it is; `unknown` when nothing of either is there. */
  readonly on: SiteHook["on"] | "unknown";
  /** The adapter's hooks for this kind of page: what is not seen has drifted, or not every such page has it. */
  readonly hooks: readonly SeenHook[];
}

/** One thing alone may be on any page, unless nobody else calls it so. */
const leastHooks = 2;

/** Which system a page belongs to, and which of the adapter's hooks are still on it. Changes nothing. */
export async function recognisePage(page: Page): Promise<RecognisedPage> {
  const { site: addressed } = identifyJob(new URL(page.url()));
  if (addressed !== "generic") {
    return recognised(addressed, "address", await seeHooks(page, adapters[addressed].hooks));
  }
  let best: { readonly site: SiteName; readonly seen: readonly SeenHook[] } | undefined;
  for (const { site, hooks } of Object.values(adapters)) {
    const seen = await seeHooks(page, hooks);
    if (isTelling(seen) && countSeen(seen) > countSeen(best?.seen ?? [])) best = { site, seen };
  }
  return best === undefined
    ? { site: "generic", by: "nothing", on: "unknown", hooks: [] }
    : recognised(best.site, "hooks", best.seen);
}

function isTelling(seen: readonly SeenHook[]): boolean {
  return (
    countSeen(seen) >= leastHooks ||
    seen.some(({ isSeen, isUnmistakable }) => isSeen && isUnmistakable === true)
  );
}

function recognised(
  site: SiteName,
  by: RecognisedPage["by"],
  seen: readonly SeenHook[],
): RecognisedPage {
  const countOn = (on: SiteHook["on"]): number => countSeen(seen.filter((hook) => hook.on === on));
  if (countSeen(seen) === 0) return { site, by, on: "unknown", hooks: seen };
  const on = countOn("form") >= countOn("posting") ? "form" : "posting";
  // Of several steps a page is one: the marks of the others are not missing from it.
  const hooks = seen.filter(
    (hook) => hook.on === on && (hook.isSeen || hook.presence === undefined),
  );
  return { site, by, on, hooks };
}

function countSeen(hooks: readonly SeenHook[]): number {
  return hooks.filter(({ isSeen }) => isSeen).length;
}

async function seeHooks(page: Page, hooks: readonly SiteHook[]): Promise<SeenHook[]> {
  const look = async (hook: SiteHook): Promise<SeenHook> => {
    const counts = page.frames().map((frame) =>
      frame
        .locator(hook.selector)
        .count()
        // A frame may go while it is looked at.
        .catch(() => 0),
    );
    return { ...hook, isSeen: (await Promise.all(counts)).some((count) => count > 0) };
  };
  return Promise.all(hooks.map(look));
}
