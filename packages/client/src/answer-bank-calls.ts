import {
  type SaveAnswerBody,
  type SavedAnswer,
  deleteAnswerRoute,
  listAnswersRoute,
  saveAnswerRoute,
} from "@valet/contracts";
import { type Transport, callRoute } from "./call-route.ts";

/** The caller's answer bank: what they have answered once, for every form that asks the same. */
export interface AnswerBankCalls {
  /** With `q` only those whose question holds each of its words. */
  listAnswers(filter?: { readonly q?: string }, signal?: AbortSignal): Promise<SavedAnswer[]>;
  /** In the place of the answer to the same question. */
  saveAnswer(answer: SaveAnswerBody, signal?: AbortSignal): Promise<SavedAnswer>;
  deleteAnswer(
    asked: { readonly question: string; readonly scope?: string },
    signal?: AbortSignal,
  ): Promise<{ readonly deleted: true }>;
}

export function answerBankCalls(transport: Transport): AnswerBankCalls {
  return {
    listAnswers: async (filter = {}, signal) =>
      (await callRoute(transport, listAnswersRoute, { query: { ...filter } }, signal)).answers,
    saveAnswer: (body, signal) => callRoute(transport, saveAnswerRoute, { body }, signal),
    deleteAnswer: (asked, signal) =>
      callRoute(transport, deleteAnswerRoute, { query: { ...asked } }, signal),
  };
}
