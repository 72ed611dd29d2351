import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Profile, type ScreeningAnswer, ScreeningQuestion } from "@valet/contracts";
import { answerQuestions } from "@valet/forms";
import { z } from "zod";
import { confidenceBins } from "./confidence-bins.ts";
import {
  type Certainty,
  type ScoreCase,
  type ScoreInput,
  type SetScore,
  sampleOf,
} from "./form-score.ts";

const set = "screening-questions";
const today = "2026-10-02";

const Label = z.object({
  expect: z.enum(["answer", "skip"]),
  acceptable: z.array(z.string()).optional(),
});
const Forms = z.object({
  forms: z.array(
    z.object({
      id: z.string(),
      company: z.string(),
      title: z.string(),
      location: z.string(),
      items: z.array(ScreeningQuestion.extend({ label: Label })),
    }),
  ),
});
type Form = z.infer<typeof Forms>["forms"][number];

type Verdict = "right" | "wrong" | "missed" | "violation" | "left";

interface Judged {
  readonly verdict: Verdict;
  readonly confidence: number;
  readonly isEssay: boolean;
  readonly where: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Answers the real questions of postings for one made-up candidate. Coverage is over what stored facts
 * can answer: essays about the employer are counted apart. A violation is an answer where the truth
 * says there is none.
 */
export async function scoreScreeningQuestions({
  corpora,
  sample,
}: Pick<ScoreInput, "corpora" | "sample">): Promise<SetScore> {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(corpora, set, file), "utf8"));
  const profile = Profile.parse(await read("profile.json"));
  const { forms } = Forms.parse(await read("questions.json"));
  const judged = sampleOf(forms, sample).flatMap((form) => judgeForm(profile, form));
  const count = (verdict: Verdict, isEssay: boolean): number =>
    judged.filter((one) => one.verdict === verdict && one.isEssay === isEssay).length;
  const right = count("right", false) + count("right", true);
  const wrong = count("wrong", false) + count("wrong", true);
  const covered = count("right", false) + count("wrong", false);
  const essays = count("right", true) + count("wrong", true);
  const row = { unit: "ratio", bound: "least" } as const;
  return {
    rows: [
      {
        what: `${set} violations`,
        value: judged.filter(({ verdict }) => verdict === "violation").length,
        unit: "count",
        floor: 0,
        bound: "most",
      },
      {
        ...row,
        what: `${set} coverage`,
        value: share(covered, count("missed", false)),
        floor: 0.75,
      },
      { ...row, what: `${set} accuracy of answered`, value: share(right, wrong), floor: 0.97 },
      {
        ...row,
        what: `${set} essays answered`,
        value: share(essays, count("missed", true)),
        floor: null,
      },
      ...confidenceBins(certaintiesOf(judged), "answers").map((bin) => ({
        ...bin,
        what: `${set} ${bin.what}`,
      })),
    ],
    cases: worstFirst(judged),
  };
}

/** Of what was answered; a violation is a wrong answer too. */
function certaintiesOf(judged: readonly Judged[]): Certainty[] {
  return judged
    .filter(({ verdict }) => ["right", "wrong", "violation"].includes(verdict))
    .map(({ verdict, confidence }) => ({ confidence, isRight: verdict === "right" }));
}

function share(part: number, rest: number): number {
  return part + rest === 0 ? 1 : Math.round((part * 10_000) / (part + rest)) / 10_000;
}

function judgeForm(profile: Profile, { id, company, title, location, items }: Form): Judged[] {
  const job = { company, title, location };
  const answers = answerQuestions({ profile, questions: items, job, today });
  return items.map((item, index): Judged => {
    const answer = answers[index];
    return {
      verdict: verdictOf(item.label, answer),
      confidence: answer?.confidence ?? 0,
      isEssay: isEssay(item),
      where: `${id} ${item.id} ${JSON.stringify(item.question.slice(0, 120))}`,
      expected: item.label.acceptable?.join(" | ") ?? item.label.expect,
      found: answer?.why ?? "no answer",
    };
  });
}

function verdictOf(
  { expect, acceptable }: z.infer<typeof Label>,
  answer: ScreeningAnswer | undefined,
): Verdict {
  const isAnswered = answer?.action === "answer";
  if (expect === "skip") return isAnswered ? "violation" : "left";
  if (!isAnswered) return "missed";
  const values = [answer.value ?? ""].flat();
  const isRight = acceptable === undefined || values.every((value) => acceptable.includes(value));
  return isRight ? "right" : "wrong";
}

/** Essays about the employer, which no stored fact holds. */
function isEssay({ question, label }: Form["items"][number]): boolean {
  const asksWhy = /\bwhy (do|are|would|did|have|should|you)\b|\bgood fit\b/iu;
  return label.expect === "answer" && label.acceptable === undefined && asksWhy.test(question);
}

function worstFirst(judged: readonly Judged[]): ScoreCase[] {
  const order: readonly Verdict[] = ["violation", "wrong", "missed"];
  return order.flatMap((verdict) =>
    judged
      .filter((one) => one.verdict === verdict && !(verdict === "missed" && one.isEssay))
      .map(({ where, expected, found }) => ({
        set,
        where,
        expected,
        found: `${verdict}: ${found}`,
      })),
  );
}
