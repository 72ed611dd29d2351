import type { SiteAdapter } from "../site-adapter.ts";

export const icimsAdapter: SiteAdapter = {
  site: "icims",
  hooks: [
    { name: "frame of the content", selector: "iframe#icims_content_iframe", on: "posting" },
    { name: "frame of the content", selector: "iframe#icims_content_iframe", on: "form" },
    { name: "email step", selector: "form#enterEmailForm [name=css_loginName]", on: "form" },
  ],
  readsResume: true,
  refine: (form) => form,
};
