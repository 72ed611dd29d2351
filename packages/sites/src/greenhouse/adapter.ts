import type { SiteAdapter } from "../site-adapter.ts";
import { greenhouseSchema } from "./schema.ts";

/** Posting and form are one page, hosted or in a frame of the employer's; names are in ids. */
export const greenhouseAdapter: SiteAdapter = {
  site: "greenhouse",
  hooks: [
    {
      name: "frame on the employer's page",
      selector: "#grnhse_app, iframe#grnhse_iframe",
      on: "posting",
      presence: "some",
      isUnmistakable: true,
    },
    {
      name: "old form",
      selector: "form#application_form [name^='job_application[']",
      on: "form",
      presence: "some",
      isUnmistakable: true,
    },
    { name: "application form", selector: "form#application-form", on: "form" },
    { name: "first name", selector: "#first_name", on: "form" },
    { name: "e-mail", selector: "#email", on: "form" },
    { name: "résumé", selector: "input#resume[type=file]", on: "form" },
    { name: "lists", selector: "input.select__input[role=combobox]", on: "form" },
    { name: "submit", selector: "form#application-form button[type=submit]", on: "form" },
  ],
  readsResume: false,
  knownWalls: ["email_code"],
  outcome: {
    confirmation:
      /^https:\/\/job-boards(?:\.eu)?\.greenhouse\.io\/[^/]+\/jobs\/\d+\/confirmation\/?$/u,
  },
  refine: (form) => form,
  schema: greenhouseSchema,
};
