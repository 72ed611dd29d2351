import type { SiteAdapter } from "../site-adapter.ts";

/** Sites nobody knows: what the form engine makes of them is all there is. */
export const genericAdapter: SiteAdapter = {
  site: "generic",
  hooks: [],
  readsResume: false,
  knownWalls: [],
  refine: (form) => form,
};
