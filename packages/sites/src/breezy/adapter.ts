import type { SiteAdapter } from "../site-adapter.ts";

export const breezyAdapter: SiteAdapter = {
  site: "breezy",
  hooks: [],
  readsResume: false,
  refine: (form) => form,
};
