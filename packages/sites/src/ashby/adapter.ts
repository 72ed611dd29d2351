import type { SiteAdapter } from "../site-adapter.ts";

export const ashbyAdapter: SiteAdapter = {
  site: "ashby",
  hooks: [],
  readsResume: true,
  refine: (form) => form,
};
