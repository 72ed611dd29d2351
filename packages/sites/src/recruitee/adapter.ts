import type { SiteAdapter } from "../site-adapter.ts";

export const recruiteeAdapter: SiteAdapter = {
  site: "recruitee",
  hooks: [
    { name: "name", selector: "[name='candidate.name']", on: "form" },
    { name: "email", selector: "[name='candidate.email']", on: "form" },
    { name: "résumé", selector: "[name='candidate.cv']", on: "form" },
  ],
  readsResume: false,
  outcome: {
    confirmation: /^https:\/\/[\da-z-]+\.recruitee\.com\/(?:l\/[a-z-]+\/)?o\/[^/]+\/applied\/?$/u,
  },
  refine: (form) => form,
};
