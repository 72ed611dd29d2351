import {
  type FieldValue,
  type FormField,
  type PlannedField,
  type Profile,
  policyClasses,
} from "@valet/contracts";
import type { JobFacts, ParentQuestion } from "../answer/asked-question.ts";
import { conditionOf } from "../answer/follow-up.ts";
import { plainWords } from "../answer/question-words.ts";
import { countriesIn } from "./countries.ts";
import { entryRows } from "./entry-rows.ts";
import type { Fact, FactInput } from "./fact.ts";
import { findFact } from "./find-fact.ts";
import { fitValue } from "./fit-value.ts";
import { isFromResume, type MergedProfile, mergeResume } from "./merge-resume.ts";

/** What stands around a question, where it is known. */
export interface AskedDetails {
  readonly help?: string | null | undefined;
  readonly section?: string | null | undefined;
  /** The question this one depends on; without it the field before is taken where the words say so. */
  readonly parent?: ParentQuestion | undefined;
}

export interface PlanInput {
  readonly fields: readonly FormField[];
  readonly profile: Profile;
  /** The file to attach; `document` is what a parser made of it. */
  readonly resume: { readonly fileName: string; readonly document?: Profile } | null;
  /** Who is applied to, where known: some questions are about them. */
  readonly company?: string;
  /** Title and place of the job, where known: "here" and "this role" are about them. */
  readonly job?: Omit<JobFacts, "company">;
  /** By field id. */
  readonly details?: ReadonlyMap<string, AskedDetails>;
  /** What the site has put into fields before anyone typed, by field id. */
  readonly prefilled?: ReadonlyMap<string, FieldValue>;
  /**
   * The person sees every answer before anything is sent, as in a review. Only then may an answer be given
   * that follows from what is stored without having been said.
   */
  readonly isReviewed?: boolean;
  /** ISO date. */
  readonly today: string;
}

/**
 * What to do with each field. Every value carries where it comes from; what no stored fact answers is
 * asked when required and left alone when not.
 */
export function planFields(input: PlanInput): PlannedField[] {
  const { fields, resume, company, job, details, today, isReviewed = false } = input;
  const merged = mergeResume(input.profile, resume?.document);
  const { profile, fromResume } = merged;
  const seen = new Map<string, number>();
  const rows = entryRows(fields);
  const countriesOfForm = countriesAskedAbout(fields);
  const steps: Step[] = [];
  for (const field of fields) {
    const given = details?.get(field.id);
    const occurrence = rows.get(field.id) ?? seen.get(field.meaning) ?? 0;
    if (field.policy !== "never") seen.set(field.meaning, occurrence + 1);
    const parent = parentOf(field, { given: given?.parent, steps });
    const around = { help: given?.help, section: given?.section, parent };
    const facts = { profile, fromResume, resume, job: { ...job, company }, isReviewed, today };
    const step = planField({ field, ...facts, occurrence, countriesOfForm, ...around });
    const prefilled = input.prefilled?.get(field.id);
    const planned = nameSource(step.planned, merged);
    steps.push({ ...step, planned: keepPrefilled(field, planned, prefilled) });
  }
  return steps.map(({ planned }) => planned);
}

/** What only the résumé says is less sure than what the person stored. */
function nameSource(planned: PlannedField, merged: MergedProfile): PlannedField {
  const { source, sourceRef = "", confidence } = planned;
  if (source !== "profile" || !isFromResume(sourceRef, merged)) return planned;
  return {
    ...planned,
    source: "resume",
    confidence: Math.round(confidence * 90) / 100,
    why: planned.why.replace(/the profile at (?=\S+$)/u, "the resume at "),
  };
}

interface Step {
  readonly field: FormField;
  readonly planned: PlannedField;
  /** The question does not arise, and neither do those that depend on it. */
  readonly isNotApplicable?: true;
}

/** "Will you require sponsorship?" beside "Are you authorized to work in Canada?" is about Canada. */
function countriesAskedAbout(fields: readonly FormField[]): readonly string[] {
  const named = fields
    .filter(({ meaning }) => meaning.startsWith("workAuth."))
    .flatMap(({ label }) => countriesIn(label));
  return [...new Set(named)];
}

interface Before {
  readonly given: ParentQuestion | undefined;
  readonly steps: readonly Step[];
}

/** The question a follow-up depends on, with what is planned for it. */
function parentOf({ label }: FormField, { given, steps }: Before): ParentQuestion | undefined {
  if (given?.answers !== undefined) return given;
  const isFollowUp = conditionOf(plainWords(label)) !== undefined;
  const asked = plainWords(given?.text);
  const step =
    given === undefined
      ? isFollowUp
        ? steps.at(-1)
        : undefined
      : steps.findLast(({ field }) => plainWords(field.label) === asked);
  return step === undefined ? given : { text: step.field.label, answers: plannedAnswers(step) };
}

function plannedAnswers({ planned, isNotApplicable }: Step): readonly string[] | undefined {
  if (isNotApplicable === true) return [];
  const { action, value } = planned;
  if (action !== "fill" || value === null || typeof value === "boolean") return undefined;
  return [value].flat();
}

function planField(input: FactInput): Step {
  const { field } = input;
  if (field.policy === "never") return { field, planned: skip(field, field.why) };
  const found = findFact(input);
  if (found === undefined) return { field, planned: left(field, "no stored fact answers it") };
  if ("notApplicable" in found) {
    return { field, planned: skip(field, found.notApplicable), isNotApplicable: true };
  }
  if ("personOnly" in found) return { field, planned: left(field, found.personOnly) };
  if (found.isConclusion === true && !input.isReviewed)
    return { field, planned: left(field, "it only follows from what is stored") };
  return { field, planned: fill(field, found) };
}

function fill(field: FormField, fact: Fact): PlannedField {
  const value = fitValue(field, fact);
  if (value === undefined) return left(field, "the stored fact fits none of its choices");
  if (value === false && field.kind === "checkbox" && field.required) {
    return ask(field, "it must be ticked and the stored answer is no");
  }
  const isWorded = fact.isWorded === true;
  const origin = fact.source === "savedAnswer" ? "a saved answer" : `the ${fact.source}`;
  const verb = fact.isConclusion === true ? "concluded" : "answered";
  return {
    id: field.id,
    action: "fill",
    value,
    source: fact.source,
    sourceRef: fact.ref,
    confidence: isWorded ? fact.confidence : Math.min(field.confidence, fact.confidence),
    why: `${isWorded ? "its words ask for it" : field.why}; ${verb} from ${origin} at ${fact.ref}`,
  };
}

const keptClasses: ReadonlySet<string> = new Set(["identity", "contact", "history"]);

/**
 * What a site knows of the person (an account, a résumé it has parsed) stays where nothing is stored.
 * A ready-made answer to anything else is the site's and not the person's.
 */
function keepPrefilled(
  field: FormField,
  planned: PlannedField,
  value: FieldValue | undefined,
): PlannedField {
  if (planned.action === "fill" || field.policy === "never") return planned;
  if (value === undefined || value === "" || value === false || field.kind === "file")
    return planned;
  if (!keptClasses.has(policyClasses[field.meaning])) return planned;
  return {
    id: field.id,
    action: "fill",
    value,
    source: "site",
    confidence: Math.min(field.confidence, 0.6),
    why: `${field.why}; the site had filled it in`,
  };
}

function left(field: FormField, why: string): PlannedField {
  return field.required ? ask(field, why) : skip(field, `it is optional and ${why}`);
}

function ask({ id, confidence }: FormField, why: string): PlannedField {
  return { id, action: "ask", value: null, source: null, confidence, why };
}

function skip({ id, confidence }: FormField, why: string): PlannedField {
  return { id, action: "skip", value: null, source: null, confidence, why };
}
