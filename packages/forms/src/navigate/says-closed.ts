import { closed, jobNouns, ofOtherJobs } from "./outcome-words.ts";
import type { PageFacts } from "./page-facts.ts";
import { says, sentences } from "./sentences.ts";

type Words = Pick<PageFacts, "text" | "headings" | "hasApplicationForm" | "applyWay">;

/** Longer sentences beside a way to apply are about something else. */
const mostWords = 16;

/**
 * Whether a page says that its job takes no applications any more. What it says of other jobs does not
 * count; beside a way to apply only a plain word about this job does, beside a form only a heading.
 */
export function saysClosed({ text, headings, hasApplicationForm, applyWay }: Words): boolean {
  if (says(ofThisJob(headings), closed)) return true;
  if (hasApplicationForm) return false;
  const lines = ofThisJob(sentences(text));
  return says(applyWay === null ? lines : lines.filter((line) => isPlain(line)), closed);
}

function ofThisJob(lines: readonly string[]): string[] {
  return lines.filter((line) => !ofOtherJobs.test(line.replace(/’/gu, "'")));
}

function isPlain(line: string): boolean {
  return jobNouns.test(line) && line.split(/\s+/u).length <= mostWords;
}
