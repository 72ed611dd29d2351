import type { SiteAdapter } from "../site-adapter.ts";

export const teamtailorAdapter: SiteAdapter = {
  site: "teamtailor",
  hooks: [],
  readsResume: false,
  refine: (form) => form,
};
