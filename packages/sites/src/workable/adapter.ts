import type { SiteAdapter } from "../site-adapter.ts";

export const workableAdapter: SiteAdapter = {
  site: "workable",
  hooks: [
    { name: "first name", selector: "[data-ui=firstname]", on: "form" },
    { name: "last name", selector: "[data-ui=lastname]", on: "form" },
    { name: "email", selector: "[data-ui=email]", on: "form" },
    { name: "résumé", selector: "[data-ui=resume]", on: "form" },
  ],
  readsResume: false,
  refine: (form) => form,
};
