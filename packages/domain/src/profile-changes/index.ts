export { type SourcedProfile, acceptChanges, keepSources } from "./accept-changes.ts";
export { valueAt } from "./json-pointer.ts";
export { offerChanges } from "./offer-changes.ts";
