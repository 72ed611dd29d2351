import type { SavedAnswer } from "@valet/contracts";
import { createDrafts } from "../../app/drafts.ts";

/** An answer as its form holds it. */
export interface AnswerWords {
  readonly question: string;
  /** Of several choices one a line. */
  readonly text: string;
  readonly company: string;
}

export const answerDrafts = createDrafts<AnswerWords>();

/** Of the one that is not saved yet there is one. */
export function answerKey(saved: SavedAnswer | undefined): string {
  return saved === undefined ? "" : JSON.stringify([saved.question, saved.scope]);
}

export function wordsOf(saved: SavedAnswer | undefined): AnswerWords {
  return {
    question: saved?.question ?? "",
    text: [saved?.answer ?? ""].flat().join("\n"),
    company: saved?.scope ?? "",
  };
}
