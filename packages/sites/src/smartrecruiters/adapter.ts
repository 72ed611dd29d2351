import type { SiteAdapter } from "../site-adapter.ts";
import { smartrecruitersSchema } from "./schema.ts";

/** Its form lies in open shadow roots two and three deep; the selectors hold within whichever root. */
export const smartrecruitersAdapter: SiteAdapter = {
  site: "smartrecruiters",
  hooks: [
    { name: "way to the form", selector: 'a[href*="/oneclick-ui/"]', on: "posting" },
    { name: "first name", selector: "#first-name-input", on: "form" },
    { name: "e-mail again", selector: "#confirm-email-input", on: "form" },
    { name: "résumé", selector: '[data-test="resume-upload"]', on: "form" },
    { name: "way to the next page", selector: '[data-test="footer-next"]', on: "form" },
  ],
  readsResume: true,
  refine: (form) => form,
  schema: smartrecruitersSchema,
};
