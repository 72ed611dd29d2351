import type { Profile, ScreeningJob } from "@valet/contracts";
import { exampleEngineer } from "../example-engineer.fixture.ts";
import { exampleStudent } from "../example-student.fixture.ts";

/**
 * Questions for the made-up engineer and the made-up student, one a line:
 * `question [option; option] {kind} @company, place => answer`. `[yn]` is Yes and No, several answers are
 * joined by " + ", "ask" stands for no answer.
 */
export interface CaseTable {
  readonly topic: string;
  readonly engineer: string;
  readonly student: string;
}

export interface QuestionCase {
  readonly question: string;
  readonly options: readonly string[] | undefined;
  readonly kind: string;
  readonly expected: string | readonly string[];
  readonly job: ScreeningJob;
  readonly profile: Profile;
  readonly today: string;
}

const line =
  /^(?<question>.*?)(?: \[(?<options>[^\]]*)\])?(?: \{(?<kind>[\w-]+)\})?(?: @(?<job>.*?))? => (?<expected>.*)$/u;

export function readCases({ engineer, student }: CaseTable): QuestionCase[] {
  const engineerFacts = { profile: exampleEngineer, today: "2026-11-02" };
  const studentFacts = { profile: exampleStudent, today: "2027-11-02" };
  return [
    ...linesOf(engineer).map((text) => ({ ...readCase(text, undefined), ...engineerFacts })),
    ...linesOf(student).map((text) => ({ ...readCase(text, "Amsterdam"), ...studentFacts })),
  ];
}

function linesOf(table: string): string[] {
  return table.split("\n").filter((text) => text.trim() !== "");
}

type Asked = Omit<QuestionCase, "profile" | "today">;

function readCase(text: string, location: string | undefined): Asked {
  const { question, options, kind, job, expected } = line.exec(text)?.groups ?? {};
  if (question === undefined || expected === undefined) throw new Error(`not a case: ${text}`);
  const [company, ...place] = job?.split(", ") ?? [];
  const several = expected.split(" + ");
  return {
    question,
    options: options === "yn" ? ["Yes", "No"] : options?.split("; "),
    kind: kind ?? (options === undefined ? "text" : "radio"),
    expected: several.length > 1 ? several : expected,
    job:
      company === undefined
        ? { company: "Quay Corp", title: "Software Engineer", location }
        : { company, title: "Engineer", location: place.join(", ") || undefined },
  };
}
