import type { SiteAdapter } from "../site-adapter.ts";

export const breezyAdapter: SiteAdapter = {
  site: "breezy",
  hooks: [
    { name: "name", selector: "[name=cName]", on: "form" },
    { name: "email", selector: "[name=cEmail]", on: "form" },
    { name: "résumé", selector: "[name=cResume]", on: "form" },
  ],
  readsResume: false,
  refine: (form) => form,
};
