import { z } from "zod";
import { FieldKind, PlannedField } from "../form.ts";
import { Meaning } from "../meaning.ts";
import { Outcome, TaskState } from "../task.ts";
import { type Route, problems } from "./route.ts";

export const PreviewBody = z.strictObject({ jobUrl: z.string().min(1).max(4096) });
export type PreviewBody = z.infer<typeof PreviewBody>;

/** One question of the form, with what Valet would do about it from what it knows of this person today. */
export const PreviewQuestion = z.object({
  question: z.string(),
  kind: FieldKind,
  meaning: Meaning,
  required: z.boolean(),
  options: z.array(z.string()),
  ...PlannedField.omit({ id: true }).shape,
});
export type PreviewQuestion = z.infer<typeof PreviewQuestion>;

export const TaskPreview = z
  .object({
    jobUrl: z.string(),
    site: z.string(),
    jobKey: z.string(),
    /**
     * Whether the job can still be applied for, as far as a page tells of which no script has run.
     * `challenge`: something stands in front of it that asks whether a person is there.
     */
    liveness: z.enum([
      "open",
      "closed",
      "missing",
      "challenge",
      "already_applied",
      "trouble",
      "unknown",
    ]),
    /** The same for a person, with what to do about it. */
    message: z.string(),
    posting: z.object({
      company: z.string().optional(),
      title: z.string().optional(),
      location: z.string().optional(),
    }),
    /** What the site publishes of its form; null where that is only seen in a browser, once it applies. */
    questions: z.array(PreviewQuestion).nullable(),
    /** The form goes on after these, and what is asked there is not known yet. */
    isFirstPageOnly: z.boolean(),
    /** The person's own application that keeps another one for this job from being started. */
    earlier: z
      .object({ taskId: z.uuid(), state: TaskState, outcome: Outcome.nullable() })
      .nullable(),
  })
  .meta({ id: "TaskPreview" });
export type TaskPreview = z.infer<typeof TaskPreview>;

export const previewTaskRoute = {
  method: "POST",
  url: "/tasks/preview",
  access: "apply",
  schema: {
    summary:
      "What applying for a job would ask: whether it is open, which site it is, and its questions, without a browser",
    tags: ["tasks"],
    body: PreviewBody,
    response: { 200: TaskPreview, ...problems },
  },
} as const satisfies Route;
