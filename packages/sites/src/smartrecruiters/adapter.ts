import type { SiteAdapter } from "../site-adapter.ts";

export const smartrecruitersAdapter: SiteAdapter = {
  site: "smartrecruiters",
  hooks: [],
  readsResume: true,
  refine: (form) => form,
};
