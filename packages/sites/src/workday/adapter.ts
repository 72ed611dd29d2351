import type { SiteAdapter } from "../site-adapter.ts";

/** Its steps share one address and draw one field about a second before the others. */
export const workdayAdapter: SiteAdapter = {
  site: "workday",
  hooks: [
    { name: "way to the form", selector: '[data-automation-id="adventureButton"]', on: "posting" },
    { name: "step", selector: '[data-automation-id="progressBarActiveStep"]', on: "form" },
    { name: "way on", selector: '[data-automation-id="pageFooterNextButton"]', on: "form" },
  ],
  readsResume: false,
  steadyMs: 1_800,
  refine: (form) => form,
};
