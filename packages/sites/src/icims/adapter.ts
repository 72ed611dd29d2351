import type { SiteAdapter } from "../site-adapter.ts";

export const icimsAdapter: SiteAdapter = {
  site: "icims",
  hooks: [
    {
      name: "frame of the content",
      selector: "iframe#icims_content_iframe",
      on: "posting",
      isUnmistakable: true,
    },
    {
      name: "frame of the content",
      selector: "iframe#icims_content_iframe",
      on: "form",
      presence: "some",
      isUnmistakable: true,
    },
    {
      name: "names of its own",
      selector: "[class*=iCIMS_], [id*=icims_f_]",
      on: "form",
      presence: "some",
      isUnmistakable: true,
    },
    {
      name: "step: e-mail",
      selector: "form#enterEmailForm, [name=css_loginName], #accept_gdpr",
      on: "form",
      presence: "step",
    },
    {
      name: "step: profile",
      selector: "[name*='PersonProfileFields.'], [id*='PersonProfileFields.']",
      on: "form",
      presence: "step",
      isUnmistakable: true,
    },
    {
      name: "step: résumé and questions",
      selector:
        "[name*='PortalProfileFields.'], [name*='CandProfileFields.'], [id*='CandProfileFields.']",
      on: "form",
      presence: "step",
      isUnmistakable: true,
    },
    {
      name: "drawn lists",
      selector: "a[id$=_icimsDropdown]",
      on: "form",
      presence: "some",
      isUnmistakable: true,
    },
    { name: "way on", selector: "#cp_form_submit_i", on: "form", presence: "some" },
  ],
  readsResume: true,
  knownWalls: ["captcha", "email_code", "sign_in", "consent"],
  refine: (form) => form,
};
