import type { SiteHook } from "../site-adapter.ts";

/** Every part has the name that Workday's own tests know it by; older tenants have older names. */
function part(...names: readonly string[]): string {
  return names.map((name) => `[data-automation-id="${name}"]`).join(", ");
}

function step(name: string, ...marks: readonly string[]): SiteHook {
  return { name: `step: ${name}`, selector: part(...marks), on: "form", presence: "step" };
}

const posting: readonly SiteHook[] = [
  { name: "way to the form", selector: part("adventureButton"), on: "posting" },
  { name: "title", selector: part("jobPostingHeader"), on: "posting" },
  { name: "description", selector: part("jobPostingDescription"), on: "posting" },
  {
    name: "ways to begin",
    selector: part("applyAdventurePage", "applyManually", "autofillWithResume"),
    on: "posting",
    presence: "step",
  },
];

/** The steps share one address; all there is to tell them apart is what they are called. */
const steps: readonly SiteHook[] = [
  step(
    "account",
    "signInContent",
    "signInSubmitButton",
    "createAccountSubmitButton",
    "verifyPassword",
  ),
  {
    ...step("account's trap for programs", "beecatcher"),
    isUnmistakable: true,
  },
  step("résumé", "applyFlowAutofillPage", "quickApplyPage"),
  step("my information", "applyFlowMyInfoPage", "contactInformationPage"),
  step("my experience", "applyFlowMyExpPage", "myExperiencePage"),
  step(
    "questions",
    "applyFlowPrimaryQuestionsPage",
    "applyFlowSecondaryQuestionsPage",
    "applyFlowSupplementaryQuestionsPage",
    "primaryQuestionnairePage",
    "secondaryQuestionnairePage",
    "supplementaryQuestionnairePage",
  ),
  step("voluntary disclosures", "applyFlowVoluntaryDisclosuresPage", "voluntaryDisclosuresPage"),
  step("self identify", "applyFlowSelfIdentifyPage", "selfIdentificationPage"),
  step("review", "applyFlowReviewPage", "reviewJobApplicationPage"),
  step("already applied", "alreadyAppliedPage"),
  step("submitted", "applicationSubmittedPage"),
];

export const workdayHooks: readonly SiteHook[] = [
  ...posting,
  ...steps,
  {
    name: "application",
    selector: '[data-automation-id^="applyFlow"]',
    on: "form",
    presence: "some",
    isUnmistakable: true,
  },
  {
    name: "where in the steps",
    selector: part("progressBarActiveStep"),
    on: "form",
    presence: "some",
  },
  {
    name: "fields",
    selector: '[data-automation-id^="formField-"]',
    on: "form",
    presence: "some",
    isUnmistakable: true,
  },
  {
    name: "way on",
    selector: part(
      "pageFooterNextButton",
      "bottom-navigation-next-button",
      "wizardNextButton",
      "click_filter",
    ),
    on: "form",
  },
];
