import { z } from "zod";
import { ValueSource } from "./form.ts";

/** A question of an application form, as a person reads it. */
export const ScreeningQuestion = z.object({
  id: z.string().min(1),
  question: z.string(),
  /** A field kind, or the word a site has for one ("checkboxes", "radio"). */
  kind: z.string().default("text"),
  options: z.array(z.string()).nullish(),
  required: z.boolean().default(false),
  section: z.string().nullish(),
  help: z.string().nullish(),
  /** The question this one depends on, with what was chosen there; "" or absent when not known. */
  follows: z
    .object({ question: z.string(), answer: z.union([z.string(), z.array(z.string())]).nullish() })
    .nullish(),
});
export type ScreeningQuestion = z.infer<typeof ScreeningQuestion>;

/** What is known of the job. Some questions ("here", "us", "this role") are about it. */
export const ScreeningJob = z.object({
  company: z.string().nullish(),
  title: z.string().nullish(),
  location: z.string().nullish(),
});
export type ScreeningJob = z.infer<typeof ScreeningJob>;

export const ScreeningQuestions = z
  .object({
    job: ScreeningJob.default({}),
    questions: z.array(ScreeningQuestion),
  })
  .meta({ id: "ScreeningQuestions" });
export type ScreeningQuestions = z.infer<typeof ScreeningQuestions>;

/** "ask": only the person can answer; "skip": it may stay empty. */
export const ScreeningAnswer = z.object({
  id: z.string(),
  action: z.enum(["answer", "ask", "skip"]),
  /** Text, or the option's text exactly as given; several options as an array. */
  value: z.union([z.string(), z.array(z.string())]).nullable(),
  source: ValueSource.nullable(),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
  why: z.string(),
});
export type ScreeningAnswer = z.infer<typeof ScreeningAnswer>;
