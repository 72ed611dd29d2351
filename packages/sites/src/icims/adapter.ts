import type { SiteAdapter } from "../site-adapter.ts";

export const icimsAdapter: SiteAdapter = {
  site: "icims",
  hooks: [],
  readsResume: true,
  refine: (form) => form,
};
