import type { Profile } from "@valet/contracts";
import { normaliseQuestion } from "../read/clean-label.ts";
import { backgroundFacts } from "./background-facts.ts";
import { type Fact, type FactFinder, type FactInput, isFollowUp } from "./fact.ts";
import { legalFacts } from "./legal-facts.ts";
import { personFacts } from "./person-facts.ts";

const finders: Partial<Record<FactInput["field"]["meaning"], FactFinder>> = {
  ...personFacts,
  ...backgroundFacts,
  ...legalFacts,
};

/** The fact that answers a field: the person's own answer to the same question, else the profile. */
export function findFact(input: FactInput): Fact | undefined {
  const saved = savedAnswer(input);
  if (saved !== undefined || isFollowUp(input.field)) return saved;
  return finders[input.field.meaning]?.(input);
}

function savedAnswer({ field, profile, company }: FactInput): Fact | undefined {
  const answers = profile.application?.savedAnswers ?? [];
  const question = normaliseQuestion(field.label);
  if (question === "" || field.kind === "file") return undefined;
  const same = answers
    .map((answer, index) => ({ ...answer, index }))
    .filter((answer) => normaliseQuestion(answer.question) === question);
  const own = same.find(({ scope }) => scope !== undefined && isScope(scope, company));
  const found = own ?? same.find(({ scope }) => scope === undefined);
  if (found === undefined) return undefined;
  return toFact(found.answer, `/application/savedAnswers/${found.index}`);
}

type Answer = NonNullable<NonNullable<Profile["application"]>["savedAnswers"]>[number]["answer"];

function toFact(answer: Answer, ref: string): Fact {
  const base = { source: "savedAnswer", ref, confidence: 0.95 } as const;
  if (typeof answer !== "string") return { ...base, texts: answer, isList: true };
  const words = answer.trim().toLowerCase();
  const isYesNo = words === "yes" || words === "no";
  return { ...base, texts: [answer], ...(isYesNo ? { isTrue: words === "yes" } : {}) };
}

function isScope(scope: string, company: string | undefined): boolean {
  return company !== undefined && scope.trim().toLowerCase() === company.trim().toLowerCase();
}
