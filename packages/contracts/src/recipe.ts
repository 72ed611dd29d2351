import { z } from "zod";
import { FormField } from "./form.ts";

/**
 * A small action that once brought a field nearer to its value, addressed so that it can be done again. It
 * holds no value: what is typed or picked is the value planned for the field.
 */
export const RecipeStep = z.strictObject({
  do: z.enum(["click", "type", "pick"]),
  /** Within the frame of the field; of a `pick` that of the list. */
  at: FormField.shape.selector,
});
export type RecipeStep = z.infer<typeof RecipeStep>;

/** More steps than any widget that was met takes. */
export const mostSteps = 8;

/** What brought a field to its value. */
export const Recipe = z.array(RecipeStep).min(1).max(mostSteps);
export type Recipe = z.infer<typeof Recipe>;
