import { batchStrings } from "./batch-strings.ts";
import { boardStrings } from "./board-strings.ts";
import { shellStrings } from "./shell-strings.ts";
import { signInStrings } from "./sign-in-strings.ts";
import { taskStrings } from "./task-strings.ts";

/**
 * What the first pages of the console say. The words of every other page stand beside this file and are fetched with
 * their page; the server's own sentences are not among them.
 */
export const strings = {
  ...taskStrings,
  batch: batchStrings,
  board: boardStrings,
  shell: shellStrings,
  signIn: signInStrings,
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
