import type { FieldKind, Meaning, Profile } from "@valet/contracts";
import type { Fact } from "../plan/fact.ts";
import { closedSentence, plainWords } from "./question-words.ts";

/** Who and where the job is, where known. */
export interface JobFacts {
  readonly company?: string | undefined;
  readonly title?: string | undefined;
  readonly location?: string | undefined;
}

/** The question that another one depends on; the answer is undefined while nobody knows it. */
export interface ParentQuestion {
  readonly text: string;
  readonly answers: readonly string[] | undefined;
}

/** A question made ready for the rules. */
export interface AskedQuestion {
  readonly label: string;
  /** The label for matching: see `plainWords`. */
  readonly text: string;
  /** Help and section, for matching. */
  readonly around: string;
  /** The sentence that a yes or a no answers; undefined for open questions. */
  readonly closed: string | undefined;
  readonly kind: FieldKind;
  readonly options: readonly string[];
  /** What the short words of the question were understood to ask for. */
  readonly meaning: Meaning;
  readonly parent: ParentQuestion | undefined;
  /** ISO codes of the countries that the form's questions on work authorisation name. */
  readonly formCountries: readonly string[];
  readonly profile: Profile;
  /** JSON pointers of what only the résumé says. */
  readonly fromResume: readonly string[];
  readonly job: JobFacts;
  /** ISO date. */
  readonly today: string;
}

/** Only the person can answer; no stored fact may. */
export interface PersonOnly {
  readonly personOnly: string;
}

/** The question does not arise for this person. */
export interface NotApplicable {
  readonly notApplicable: string;
}

export type Finding = Fact | PersonOnly | NotApplicable;

/** Undefined: the rule does not know the question, or has no fact for it. */
export type AnswerRule = (question: AskedQuestion) => Finding | undefined;

export interface AskInput extends Omit<AskedQuestion, "text" | "around" | "closed"> {
  readonly help?: string | null | undefined;
  readonly section?: string | null | undefined;
}

export function askedQuestion({ help, section, ...asked }: AskInput): AskedQuestion {
  const text = plainWords(asked.label);
  const around = plainWords(`${section ?? ""}. ${help ?? ""}`);
  return { ...asked, text, around, closed: closedSentence(text) };
}

const lists: readonly FieldKind[] = ["checkbox-group", "listbox"];

/** Whether several options may be chosen. */
export function takesSeveral({ kind }: AskedQuestion): boolean {
  return lists.includes(kind);
}

/** Whether the answer is written and not chosen. */
export function isWritten({ options }: AskedQuestion): boolean {
  return options.length === 0;
}

/** Everything the profile says about work, study, skills and projects, as one plain text. */
export function backgroundText({
  work,
  education,
  skills,
  projects,
  interests,
  ...rest
}: Profile): string {
  const lists = [
    work,
    education,
    skills,
    projects,
    interests,
    rest["certificates"],
    rest["awards"],
  ];
  return plainLong([
    rest.basics?.summary ?? "",
    ...lists.map((list) => JSON.stringify(list ?? "")),
  ]);
}

function plainLong(texts: readonly string[]): string {
  return texts.map((text) => text.toLowerCase().normalize("NFKD")).join(" ");
}
