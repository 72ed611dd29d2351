import type { SiteAdapter } from "../site-adapter.ts";
import { workdayHooks } from "./hooks.ts";

/** Its steps share one address and draw one field about a second before the others. */
export const workdayAdapter: SiteAdapter = {
  site: "workday",
  hooks: workdayHooks,
  readsResume: false,
  steadyMs: 1_800,
  refine: (form) => form,
};
