import { ParseFailure, type ResumeState } from "@valet/contracts";
import { z } from "zod";

/** A newer try, or the end of this one, took its place: there is nothing to do. */
const Superseded = z.strictObject({ superseded: z.literal(true) });

/** What each step hands to the next: ids and counts, never values (design §4). */
export const ParseStepOutput = z.union([
  Superseded,
  z.strictObject({ epoch: z.number().int(), values: z.number().int().min(0) }),
  z.strictObject({ epoch: z.number().int(), failure: ParseFailure }),
]);
export type ParseStepOutput = z.infer<typeof ParseStepOutput>;

/** What came of it, as the run's last word. */
export type SavedOutput =
  | z.infer<typeof Superseded>
  | { readonly state: ResumeState; readonly started: number };

export function isSuperseded(output: object): output is { readonly superseded: true } {
  return "superseded" in output;
}
