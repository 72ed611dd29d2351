import type { SiteAdapter } from "../site-adapter.ts";

export const workdayAdapter: SiteAdapter = {
  site: "workday",
  hooks: [],
  readsResume: true,
  refine: (form) => form,
};
