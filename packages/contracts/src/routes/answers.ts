import { z } from "zod";
import { SavedAnswer } from "../profile.ts";
import { AnswerText, QuestionText } from "../task.ts";
import { type Route, problems } from "./route.ts";

/** The company it is for; without one it is for all. */
const scope = z.string().trim().min(1).max(200).optional();

export const SaveAnswerBody = z.strictObject({
  question: QuestionText,
  answer: AnswerText,
  scope,
});
export type SaveAnswerBody = z.infer<typeof SaveAnswerBody>;

export const listAnswersRoute = {
  method: "GET",
  url: "/answers",
  access: "read",
  schema: {
    summary: "The answer bank, all of it: 1000 answers at most",
    tags: ["profile"],
    querystring: z.object({
      /** Only those whose question holds each of these words, or parts of words. */
      q: z.string().max(200).optional(),
    }),
    response: { 200: z.object({ answers: z.array(SavedAnswer) }), ...problems },
  },
} as const satisfies Route;

export const saveAnswerRoute = {
  method: "PUT",
  url: "/answers",
  access: "apply",
  schema: {
    summary:
      "Save an answer in the place of the one to the same question; case and punctuation make no other question",
    tags: ["profile"],
    body: SaveAnswerBody,
    response: { 200: SavedAnswer, ...problems },
  },
} as const satisfies Route;

/** What it names is in the address: not everything between here and there passes on the body of a DELETE. */
export const deleteAnswerRoute = {
  method: "DELETE",
  url: "/answers",
  access: "apply",
  schema: {
    summary: "Delete the answer to a question; with a scope the one for that company",
    tags: ["profile"],
    querystring: z.object({ question: z.string().min(1), scope }),
    response: { 200: z.object({ deleted: z.literal(true) }), ...problems },
  },
} as const satisfies Route;
