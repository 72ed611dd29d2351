export { adapterOf, adapters } from "./adapters.ts";
export * from "./addresses.ts";
export { type FilledSitePage, fillSitePage, type SitePageToFill } from "./fill-site-page.ts";
export { openSiteForm, type SiteFormToOpen } from "./open-site-form.ts";
export { answersToSubmit, type SentRequest } from "./outcome/answers-to-submit.ts";
export { type AnswerToRead, readSiteAnswer } from "./outcome/read-site-answer.ts";
export { type RecognisedPage, recognisePage, type SeenHook } from "./recognise-page.ts";
export type { SiteAdapter, SiteHook, SiteOutcome } from "./site-adapter.ts";
