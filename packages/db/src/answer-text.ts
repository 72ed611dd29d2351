import type { FieldValue } from "@valet/contracts";
import { z } from "zod";

/** An answer as the table `task_answers` holds it. */
export const AnswerText = z.union([z.string(), z.array(z.string())]);

/** What stands for the field of an answer that was given before the form was read. */
export const noFieldYet = "";

/** A box that is asked as yes or no may be answered as what it is. */
export function answerText(answer: FieldValue): string | string[] {
  return typeof answer === "boolean" ? (answer ? "Yes" : "No") : answer;
}
