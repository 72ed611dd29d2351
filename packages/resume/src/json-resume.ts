/** What is read from a document, as the interface hands it on. */
export type { JsonResume, ParsedResume, ReadFrom as Source } from "@valet/contracts";
