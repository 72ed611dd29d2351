import {
  applicationStrings,
  askStrings,
  eventStrings,
  pictureStrings,
  resultStrings,
  reviewStrings,
  stepStrings,
} from "./application-strings.ts";
import { answerStrings } from "./answer-strings.ts";
import { batchStrings } from "./batch-strings.ts";
import { boardStrings } from "./board-strings.ts";
import { factStrings } from "./fact-strings.ts";
import { liveStrings } from "./live-strings.ts";
import { newStrings } from "./new-strings.ts";
import { operationsStrings } from "./operations-strings.ts";
import { shellStrings } from "./shell-strings.ts";
import { signInStrings } from "./sign-in-strings.ts";
import { startStrings } from "./start-strings.ts";
import { taskStrings } from "./task-strings.ts";

/** Every word that the console itself says; the server's own sentences are not among them. */
export const strings = {
  ...taskStrings,
  answers: answerStrings,
  application: applicationStrings,
  asks: askStrings,
  batch: batchStrings,
  board: boardStrings,
  events: eventStrings,
  facts: factStrings,
  pictures: pictureStrings,
  live: liveStrings,
  operations: operationsStrings,
  result: resultStrings,
  review: reviewStrings,
  steps: stepStrings,
  shell: shellStrings,
  signIn: signInStrings,
  start: startStrings,
  new: newStrings,
  lost: {
    title: "There is nothing here",
    text: "This address leads to no page of Valet. It may have been cut off, or what it showed was erased.",
    back: "Go to your applications",
  },
  broken: { title: "This page could not be shown" },
  left: (time: string) => `${time} left`,
  closes: (at: string) => `until ${at}, then it ends unsent`,
  tryAgain: "Try again",
  unsaved: "Not saved yet.",
  unreachable:
    "Valet does not answer. Nothing was lost: what runs goes on without this page. It is tried again by itself; if that does not help, see whether Valet still runs (`valet up`).",
  unexpected:
    "Something went wrong in this page. Nothing was sent. Load the page again; your applications are not touched by that.",
} as const;
