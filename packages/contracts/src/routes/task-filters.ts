import { z } from "zod";
import { Outcome, TaskMode, TaskState } from "../task.ts";

/** Which of a person's applications, or of their runs; all that are given must hold. */
export const RunFilters = z.strictObject({
  state: TaskState.optional(),
  outcome: Outcome.optional(),
  mode: TaskMode.optional(),
  platform: z.string().min(1).max(64).optional(),
  /** Those that were asked for together. */
  batch: z.uuid().optional(),
  /** All of these words stand in its address, or in what its page says of the job. */
  text: z.string().trim().min(1).max(200).optional(),
  /** Of when the application was made; `until` itself is left out. */
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
export type RunFilters = z.infer<typeof RunFilters>;

/** As an address has them. */
export const TaskFilters = RunFilters.extend({
  /** Whether it waits for a person. */
  waiting: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
});
export type TaskFilters = z.infer<typeof TaskFilters>;

export const taskPage = {
  limit: z.coerce.number().int().min(1).max(100).default(25),
  /** The `nextCursor` of the page before. */
  cursor: z.string().optional(),
};
