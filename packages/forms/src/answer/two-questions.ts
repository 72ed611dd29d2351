import type { PersonOnly } from "./asked-question.ts";
import { closedSentencesIn, sentencesOf } from "./question-words.ts";

export const twoQuestions: PersonOnly = { personOnly: "it asks two things at once" };

const predicate =
  /\b(am|are|is|do|does|did|have|has|had|can|could|will|would|hold|own|speak|possess|live|reside|willing|able|available|comfortable|need|require|work|working|studying|enrolled|agree|under|over \d|at least \d)\b/u;

/** Two words for one thing. */
const pairs =
  /\b(willing and able|able and willing|ready and (willing|able|available)|available and (willing|able)|read and (understood?|accept(ed)?|agreed?)|understand and (accept|agree)|live and work|living and working|born and raised|now and (in the future|later)|legally and)\b/gu;

/**
 * Whether a question puts a second one that a yes to the first would answer too: "Do you live here and own a
 * car?", "Are you an engineer? Do you own a car?". Parts that speak of `topic` belong to the first.
 */
export function asksTwo(text: string, topic?: RegExp): boolean {
  const closed = closedSentencesIn(text);
  const others = closed.slice(1).filter((sentence) => topic?.test(sentence) !== true);
  if (others.length > 0) return true;
  const [first = sentencesOf(text)[0] ?? ""] = closed;
  const parts = first.replace(pairs, " ").split(/\band\b|&|\bas well as\b/u);
  const said = parts.filter((part) => predicate.test(part));
  if (said.length < 2) return false;
  return topic === undefined || said.some((part) => !topic.test(part));
}
