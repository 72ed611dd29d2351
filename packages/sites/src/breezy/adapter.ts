import type { SiteAdapter } from "../site-adapter.ts";

export const breezyAdapter: SiteAdapter = {
  site: "breezy",
  hooks: [
    {
      name: "questions of the employer",
      selector: "[name^=section_][name*=_question_], [id^=section_][id*=_question_]",
      on: "form",
      presence: "some",
    },
    {
      name: "other fields of its own",
      selector:
        "[name=cPhoneNumber], [name=cSalary], [name=cCoverLetter], [name=cSummary], [name^='eeoc.']",
      on: "form",
      presence: "some",
    },
    {
      name: "trap for programs",
      selector: ".apply-field-extra [name^=hp_]",
      on: "form",
      presence: "some",
    },
    { name: "name", selector: "[name=cName]", on: "form" },
    { name: "email", selector: "[name=cEmail]", on: "form" },
    { name: "résumé", selector: "[name=cResume]", on: "form" },
  ],
  readsResume: false,
  knownWalls: [],
  refine: (form) => form,
};
