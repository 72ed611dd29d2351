import type { TaskDetail } from "@valet/contracts";
import { liveStrings } from "../strings/live-strings.ts";
import { clockWords } from "../ui/time-words.ts";
import type { LiveStanding } from "./live-standing.ts";

type Shown = Pick<TaskDetail, "humanStep" | "finishedAt">;

/** What is to be said above a live browser: who has it, and why it is not as it was. */
export function liveWords(
  { phase, heldSince, notice }: LiveStanding,
  { humanStep, finishedAt }: Shown,
): string {
  if (finishedAt !== null) return liveStrings.ended;
  if (phase === "control") return liveStrings.phases.control;
  if (phase === "view" && heldSince !== null) {
    return liveStrings.held(clockWords(heldSince, Date.now()));
  }
  if (notice !== undefined && phase !== "closed") return liveStrings.notices[notice];
  if (phase === "view" && humanStep !== null) return liveStrings.waitsForYou;
  return liveStrings.phases[phase];
}
