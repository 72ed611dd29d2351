import type { SiteAdapter } from "../site-adapter.ts";
import { recruiteeSchema } from "./schema.ts";

export const recruiteeAdapter: SiteAdapter = {
  site: "recruitee",
  hooks: [
    {
      name: "questions of the employer",
      selector: "[name^='candidate.openQuestionAnswers']",
      on: "form",
      presence: "some",
      isUnmistakable: true,
    },
    {
      name: "other fields of its own",
      selector: "[name='candidate.phone'], [name='candidate.coverLetter']",
      on: "form",
      presence: "some",
    },
    { name: "name", selector: "[name='candidate.name']", on: "form" },
    { name: "email", selector: "[name='candidate.email']", on: "form" },
    { name: "résumé", selector: "[name='candidate.cv']", on: "form" },
  ],
  readsResume: false,
  knownWalls: ["captcha"],
  outcome: {
    confirmation: /^https:\/\/[\da-z-]+\.recruitee\.com\/(?:l\/[a-z-]+\/)?o\/[^/]+\/applied\/?$/u,
  },
  refine: (form) => form,
  schema: recruiteeSchema,
};
