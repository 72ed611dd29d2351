import type { SiteAdapter } from "../site-adapter.ts";

export const greenhouseAdapter: SiteAdapter = {
  site: "greenhouse",
  hooks: [],
  readsResume: false,
  refine: (form) => form,
};
