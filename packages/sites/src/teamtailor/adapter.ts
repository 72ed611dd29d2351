import type { SiteAdapter } from "../site-adapter.ts";

export const teamtailorAdapter: SiteAdapter = {
  site: "teamtailor",
  hooks: [
    { name: "application form", selector: "#job-application-form", on: "form" },
    {
      name: "questions of the employer",
      selector: "[name^='candidate[answers_attributes]']",
      on: "form",
      presence: "some",
      isUnmistakable: true,
    },
    {
      name: "consent or places",
      selector: "[name='candidate[consent_given]'], [name^='candidate[location_ids]']",
      on: "form",
      presence: "some",
    },
    { name: "first name", selector: "[name='candidate[first_name]']", on: "form" },
    { name: "email", selector: "[name='candidate[email]']", on: "form" },
    { name: "résumé", selector: "[id^=candidate_resume]", on: "form" },
  ],
  readsResume: false,
  knownWalls: ["email_code"],
  // The place for the résumé is drawn after the rest.
  isWhole: ({ fields }) => fields.some(({ kind, policy }) => kind === "file" && policy !== "never"),
  refine: (form) => form,
};
