export { adapterOf, adapters } from "./adapters.ts";
export * from "./addresses.ts";
export { type FilledSitePage, fillSitePage, type SitePageToFill } from "./fill-site-page.ts";
export { openSiteForm, type SiteFormToOpen } from "./open-site-form.ts";
export { type RecognisedPage, recognisePage, type SeenHook } from "./recognise-page.ts";
export type { SiteAdapter, SiteHook } from "./site-adapter.ts";
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
