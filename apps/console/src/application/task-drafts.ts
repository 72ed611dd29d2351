import type { FieldValue } from "@valet/contracts";
import { createDrafts } from "../app/drafts.ts";
import type { Changes } from "./review/review-changes.ts";

export const noChanges: Changes = {};

/** What somebody has changed of a form before it is sent; by application. */
export const reviewDrafts = createDrafts<Changes>();

export interface TypedAnswers {
  /** By field; what is proposed and was left alone is not among them. */
  readonly answers: Readonly<Record<string, FieldValue>>;
  readonly remember: boolean;
}

/** What somebody has answered and not sent yet; by application. */
export const questionDrafts = createDrafts<TypedAnswers>();

/** Of one that has ended nothing can be sent any more. */
export function forgetTaskDrafts(taskId: string): void {
  reviewDrafts.forget(taskId);
  questionDrafts.forget(taskId);
}
