import type { TaskDetail } from "@valet/contracts";
import { strings } from "../strings/en.ts";
import { clockWords } from "../ui/time-words.ts";
import type { LiveStanding } from "./live-standing.ts";

type Shown = Pick<TaskDetail, "humanStep" | "finishedAt">;

/** What is to be said above a live browser: who has it, and why it is not as it was. */
export function liveWords(
  { phase, heldSince, notice }: LiveStanding,
  { humanStep, finishedAt }: Shown,
): string {
  if (finishedAt !== null) return strings.live.ended;
  if (phase === "control") return strings.live.phases.control;
  if (phase === "view" && heldSince !== null) {
    return strings.live.held(clockWords(heldSince, Date.now()));
  }
  if (notice !== undefined && phase !== "closed") return strings.live.notices[notice];
  if (phase === "view" && humanStep !== null) return strings.live.waitsForYou;
  return strings.live.phases[phase];
}
