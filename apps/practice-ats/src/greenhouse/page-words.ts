import type { Term } from "../postings/terms.ts";

/** What the page says apart from its questions. */
export interface PageWords {
  readonly apply: string;
  readonly attach: string;
  readonly choose: string;
  readonly submit: string;
  readonly voluntary: string;
  readonly thanks: string;
  /** The sentences of the confirmation. */
  readonly received: string;
}

export function englishWords(title: string, company: string): PageWords {
  return {
    apply: "Apply for this job",
    attach: "Attach",
    choose: "Select...",
    submit: "Submit application",
    voluntary: "Voluntary Self-Identification",
    thanks: "Thank you for applying",
    received: `Your application for ${title} at ${company} has been received. If your experience fits what we are looking for, we will write to you.`,
  };
}

export function wordsOf(word: (term: Term) => string): PageWords {
  return {
    apply: word("apply"),
    attach: word("attach"),
    choose: word("choose"),
    submit: word("submit"),
    voluntary: word("voluntary"),
    thanks: word("thanks"),
    received: word("received"),
  };
}
