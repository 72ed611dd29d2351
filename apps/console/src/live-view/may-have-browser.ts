import { TaskState } from "@valet/contracts";

/** States in which an application may have a live browser; one that waits long for its person has none. */
export const browserStates: readonly TaskState[] = TaskState.exclude([
  "created",
  "queued",
  "completed",
  "failed",
  "cancelled",
]).options;

export function mayHaveBrowser({ state }: { readonly state: TaskState }): boolean {
  return browserStates.includes(state);
}
