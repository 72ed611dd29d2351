export { type SourcedProfile, acceptChanges, keepSources } from "./accept-changes.ts";
export { proposeChanges } from "./propose-changes.ts";
