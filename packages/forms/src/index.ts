export { type AnswerInput, answerQuestions } from "./answer/answer-questions.ts";
export { type FieldInHand, type Hand, takeInHand } from "./act/take-in-hand.ts";
export type { ActionRefusal, Pointer, SmallAction } from "./act/small-action.ts";
export { addRows, type RowsToAdd } from "./fill/add-rows.ts";
export type { FileToAttach } from "./fill/attach-file.ts";
export { type FilledPage, fillGrowingPage, type GrowingPage } from "./fill/fill-growing-page.ts";
export { fillPage, type FillInput } from "./fill/fill-page.ts";
export { type FillProblem, type FillReport, lacksChoice } from "./fill/fill-report.ts";
export {
  findReviewChanges,
  type ReviewChange,
  type ReviewToCheck,
} from "./fill/find-review-changes.ts";
export { loadOptions } from "./fill/load-options.ts";
export { readBack, type ReadBackInput } from "./fill/read-back.ts";
export { type AssignedMeaning, assignMeaning, type FieldFacts } from "./meaning/assign-meaning.ts";
export { unsureFields } from "./meaning/unsure-fields.ts";
export { type SuggestedMeanings, withMeanings } from "./meaning/with-meanings.ts";
export { advance, type Advance, type AdvanceInput } from "./navigate/advance.ts";
export { classifyPage, type PageContext, type PageKind } from "./navigate/classify-page.ts";
export { clickSubmit, type SubmitClick } from "./navigate/click-submit.ts";
export { findFurtherSteps } from "./navigate/find-further-steps.ts";
export {
  openApplicationForm,
  type OpenApplicationFormInput,
  type OpenedForm,
} from "./navigate/open-application-form.ts";
export type { ApplyWay, PageFacts } from "./navigate/page-facts.ts";
export { readAnswer, type SiteAnswer } from "./navigate/read-answer.ts";
export { readPageFacts } from "./navigate/read-page-facts.ts";
export { countEntries, countRows } from "./plan/entry-rows.ts";
export { findSavedAnswer } from "./plan/find-saved-answer.ts";
export { type GivenAnswer, planAnswers } from "./plan/plan-answers.ts";
export { type AskedDetails, planFields, type PlanInput } from "./plan/plan-fields.ts";
export { type PostingFacts, postingFacts } from "./posting/posting-facts.ts";
export { readPosting } from "./posting/read-posting.ts";
export { type OverridePlan, planOverrides } from "./plan/plan-overrides.ts";
export { unansweredQuestions } from "./plan/unanswered-questions.ts";
export type { FormButton, FormPage } from "./read/form-page.ts";
export { buttonRole, isApplyWay, isOneClick } from "./read/button-words.ts";
export { findField } from "./read/find-field.ts";
export { readForm } from "./read/read-form.ts";
export { readSteadyForm } from "./read/read-steady-form.ts";
export type { Box } from "./page-script/read-shown.ts";
export type { Holdings } from "./page-script/read-holdings.ts";
export { readHoldings } from "./see/read-holdings.ts";
export { readShown, type ShownPage, type ShownWords } from "./see/read-shown.ts";
export type { Captcha, CaptchaKind, CaptchaVendor } from "./walls/captcha.ts";
export { asksForAccount } from "./walls/asks-for-account.ts";
export { enterCode, findCodeLength } from "./walls/enter-code.ts";
export { judgeSiteWall } from "./walls/site-wall.ts";
export { detectSiteWall } from "./walls/detect-site-wall.ts";
export type { SiteWall } from "./walls/site-wall.ts";
export { detectWalls, type DetectWallsInput } from "./walls/detect-walls.ts";
export { type GivenValue, planValues, type ValuesPlan } from "./fill/plan-values.ts";
