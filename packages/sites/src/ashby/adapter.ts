import type { SiteAdapter } from "../site-adapter.ts";
import { ashbySchema } from "./schema.ts";

/** Scripts draw everything and there is no form element; classes of one family are its only stable names. */
export const ashbyAdapter: SiteAdapter = {
  site: "ashby",
  hooks: [
    {
      name: "frame on the employer's page",
      selector: "#ashby_embed, iframe#ashby_embed_iframe",
      on: "posting",
      presence: "some",
      isUnmistakable: true,
    },
    {
      name: "family of names",
      selector: "[class*='ashby-application-form-']",
      on: "form",
      isUnmistakable: true,
    },
    { name: "questions", selector: ".ashby-application-form-field-entry", on: "form" },
    { name: "question titles", selector: ".ashby-application-form-question-title", on: "form" },
    { name: "name", selector: "#_systemfield_name, [name=_systemfield_name]", on: "form" },
    {
      name: "fields every form has",
      selector: "[id^=_systemfield_], [name^=_systemfield_], [for^=_systemfield_]",
      on: "form",
      isUnmistakable: true,
    },
    { name: "résumé", selector: "input#_systemfield_resume[type=file]", on: "form" },
    { name: "submit", selector: ".ashby-application-form-submit-button", on: "form" },
  ],
  readsResume: true,
  knownWalls: [],
  // The page asks for its own posting by POST; what sends an application has another name there.
  passes: [
    {
      method: "POST",
      address:
        /^https:\/\/jobs\.ashbyhq\.com\/api\/non-user-graphql\?(?:[^#]*&)?op=Api(?:JobPosting|JobBoard|Organization)\w*(?:&|$)/u,
    },
  ],
  refine: (form) => form,
  schema: ashbySchema,
};
