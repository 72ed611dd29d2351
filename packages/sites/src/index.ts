export { adapterOf, adapters } from "./adapters.ts";
export { type Arrival, type ArrivedAt, judgeArrival } from "./arrival/judge-arrival.ts";
export * from "./addresses.ts";
export { type FilledSitePage, fillSitePage, type SitePageToFill } from "./fill-site-page.ts";
export { approvedFormOf } from "./approved-form-of.ts";
export { gatePolicyOf } from "./gate-policy-of.ts";
export { type CheckedPage, type Drift, judgeDrift } from "./judge-drift.ts";
export { type Liveness, livenessOf, type SeenPosting } from "./liveness/liveness-of.ts";
export { type PostingToRead, readLiveness } from "./liveness/read-liveness.ts";
export { type GetPage, type PostingPreview, previewPosting } from "./preview/preview-posting.ts";
export type { ServedPage } from "./preview/read-static-page.ts";
export { openSiteForm, type SiteFormToOpen } from "./open-site-form.ts";
export { type AnswerToRead, readSiteAnswer } from "./outcome/read-site-answer.ts";
export { type RecognisedPage, recognisePage, type SeenHook } from "./recognise-page.ts";
export type { SiteAdapter, SiteHook, SiteOutcome } from "./site-adapter.ts";
export type {
  FetchSchema,
  PublishedField,
  PublishedKind,
  PublishedSchema,
  SchemaPlaces,
  SiteSchema,
} from "./schema/published-schema.ts";
export { readPublishedSchema } from "./schema/read-published-schema.ts";
export { reconcileSchema, type SchemaDisagreement } from "./schema/reconcile-schema.ts";
