import { ParseFailure } from "@valet/contracts";
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
export const SavedOutput = z.union([
  Superseded,
  z.strictObject({ state: z.string(), started: z.number().int().min(0) }),
]);
export type SavedOutput = z.infer<typeof SavedOutput>;

export function isSuperseded(output: object): output is { readonly superseded: true } {
  return "superseded" in output;
}
