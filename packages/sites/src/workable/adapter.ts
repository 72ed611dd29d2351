import type { SiteAdapter } from "../site-adapter.ts";

export const workableAdapter: SiteAdapter = {
  site: "workable",
  hooks: [],
  readsResume: false,
  refine: (form) => form,
};
