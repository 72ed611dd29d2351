import type { SiteAdapter } from "../site-adapter.ts";
import { ashbySchema } from "./schema.ts";

/** Scripts draw everything and there is no form element; classes of one family are its only stable names. */
export const ashbyAdapter: SiteAdapter = {
  site: "ashby",
  hooks: [
    { name: "questions", selector: ".ashby-application-form-field-entry", on: "form" },
    { name: "question titles", selector: ".ashby-application-form-question-title", on: "form" },
    { name: "name", selector: "#_systemfield_name", on: "form" },
    { name: "résumé", selector: "input#_systemfield_resume[type=file]", on: "form" },
    { name: "submit", selector: ".ashby-application-form-submit-button", on: "form" },
  ],
  readsResume: true,
  refine: (form) => form,
  schema: ashbySchema,
};
