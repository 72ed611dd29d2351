/** From an uploaded résumé to structured facts, each with the place that it was read from. */
export type { JsonResume, ParsedResume, Source } from "./json-resume.ts";
export {
  type ReadResume,
  type ResumeParser,
  type ResumeParserInput,
  createResumeParser,
} from "./create-resume-parser.ts";
export type { DocumentLine } from "@valet/contracts";
export type { RefusalReason } from "./refusal.ts";
export { type InspectedUpload, inspectUpload } from "./upload/inspect-upload.ts";
export {
  type HostileOutcome,
  type HostileReport,
  type HostileRun,
  tryHostileFiles,
} from "./hostile/try-hostile-files.ts";
export { type AskForLabels, type RefinedResume, refineResume } from "./refine/refine-resume.ts";
