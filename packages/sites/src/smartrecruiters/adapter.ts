import type { SiteAdapter } from "../site-adapter.ts";
import { smartrecruitersSchema } from "./schema.ts";

/** Its form lies in open shadow roots two and three deep; the selectors hold within whichever root. */
export const smartrecruitersAdapter: SiteAdapter = {
  site: "smartrecruiters",
  hooks: [
    {
      name: "way to the form",
      selector: 'a[href*="/oneclick-ui/"], a#st-apply.js-oneclick',
      on: "posting",
      isUnmistakable: true,
    },
    {
      name: "fields of its own",
      selector:
        "spl-input, spl-textarea, spl-select, spl-phone-field, spl-autocomplete, spl-dropzone, spl-checkbox",
      on: "form",
      isUnmistakable: true,
    },
    { name: "step: first name", selector: "#first-name-input", on: "form", presence: "step" },
    { name: "step: e-mail again", selector: "#confirm-email-input", on: "form", presence: "step" },
    {
      name: "step: résumé",
      selector: '[data-test="resume-upload"]',
      on: "form",
      presence: "step",
    },
    {
      name: "step: questions",
      selector: "sr-screening-questions-form",
      on: "form",
      presence: "step",
      isUnmistakable: true,
    },
    {
      name: "way on",
      selector: '[data-test="footer-next"], [data-test="footer-submit"]',
      on: "form",
    },
  ],
  readsResume: true,
  knownWalls: ["captcha"],
  refine: (form) => form,
  schema: smartrecruitersSchema,
};
