import type { SiteAdapter } from "../site-adapter.ts";
import { leverSchema } from "./schema.ts";

/** The résumé reader writes over every field that nobody has changed, even with nothing. */
export const leverAdapter: SiteAdapter = {
  site: "lever",
  hooks: [
    { name: "way to the form", selector: '[data-qa^="btn-apply"]', on: "posting" },
    { name: "title", selector: ".posting-headline", on: "posting", presence: "some" },
    {
      name: "questions of the employer",
      selector: "[name^='cards['], [name^='surveysResponses[']",
      on: "form",
      presence: "some",
    },
    { name: "question", selector: "li.application-question", on: "form" },
    { name: "résumé", selector: "#resume-upload-input", on: "form" },
    { name: "location", selector: "#location-input", on: "form" },
    { name: "submit", selector: "#btn-submit", on: "form" },
  ],
  readsResume: true,
  knownWalls: ["captcha"],
  outcome: {
    confirmation: /^https:\/\/jobs(?:\.eu)?\.lever\.co\/[^/]+\/[\da-f-]{36}\/thanks\/?$/u,
    submit: {
      method: "POST",
      address: /^https:\/\/jobs(?:\.eu)?\.lever\.co\/[^/]+\/[\da-f-]{36}\/apply\/?$/u,
    },
  },
  refine: (form) => form,
  schema: leverSchema,
};
