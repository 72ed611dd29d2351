import type { SiteAdapter } from "../site-adapter.ts";

export const workableAdapter: SiteAdapter = {
  site: "workable",
  hooks: [
    {
      name: "questions of the employer",
      selector: "[data-ui^=QA_]",
      on: "form",
      presence: "some",
      isUnmistakable: true,
    },
    {
      name: "other fields of its own",
      selector: "[data-ui=headline], [data-ui=summary], [data-ui=cover_letter], [data-ui=avatar]",
      on: "form",
      presence: "some",
    },
    { name: "first name", selector: "[data-ui=firstname]", on: "form" },
    { name: "last name", selector: "[data-ui=lastname]", on: "form" },
    { name: "email", selector: "[data-ui=email]", on: "form" },
    { name: "résumé", selector: "[data-ui=resume]", on: "form" },
  ],
  readsResume: false,
  knownWalls: ["captcha"],
  refine: (form) => form,
};
