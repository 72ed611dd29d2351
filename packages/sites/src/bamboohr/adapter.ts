import type { SiteAdapter } from "../site-adapter.ts";

export const bamboohrAdapter: SiteAdapter = {
  site: "bamboohr",
  hooks: [],
  readsResume: false,
  refine: (form) => form,
};
