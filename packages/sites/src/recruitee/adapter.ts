import type { SiteAdapter } from "../site-adapter.ts";

export const recruiteeAdapter: SiteAdapter = {
  site: "recruitee",
  hooks: [],
  readsResume: false,
  refine: (form) => form,
};
