import type { SiteAdapter } from "../site-adapter.ts";

export const leverAdapter: SiteAdapter = {
  site: "lever",
  hooks: [],
  readsResume: true,
  refine: (form) => form,
};
