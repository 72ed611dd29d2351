import type {
  FieldKind,
  FormField,
  PlannedField,
  Profile,
  ScreeningAnswer,
  ScreeningJob,
  ScreeningQuestion,
} from "@valet/contracts";
import { cleanLabel } from "@valet/domain";
import { assignMeaning } from "../meaning/assign-meaning.ts";
import { type AskedDetails, planFields } from "../plan/plan-fields.ts";

export interface AnswerInput {
  readonly profile: Profile;
  readonly questions: readonly ScreeningQuestion[];
  readonly job: ScreeningJob;
  /** ISO date. */
  readonly today: string;
}

/**
 * Answers screening questions without a page, in the order they were asked: from stored facts, or not
 * at all. Whoever asks sees the answers, so what only follows from the facts is given too and named so. Text in a question is only ever compared with patterns, so nothing it says can instruct.
 */
export function answerQuestions({
  profile,
  questions,
  job,
  today,
}: AnswerInput): ScreeningAnswer[] {
  const fields = questions.map((question, index) => toField(question, index));
  const details = new Map(questions.map((question, index) => [String(index), detailsOf(question)]));
  const place = { title: job.title ?? undefined, location: job.location ?? undefined };
  const company = job.company ?? undefined;
  const plan = planFields({
    fields,
    profile,
    resume: null,
    job: place,
    ...(company === undefined ? {} : { company }),
    details,
    isReviewed: true,
    today,
  });
  return questions.map(({ id }, index) => toAnswer(id, plan[index]));
}

/** The words sites and people have for the kinds of fields. */
const kindWords: Readonly<Record<string, FieldKind>> = {
  checkboxes: "checkbox-group",
  multiselect: "checkbox-group",
  "multi-select": "checkbox-group",
  multi_select: "checkbox-group",
  radio: "radio-group",
  radios: "radio-group",
  dropdown: "select",
  yes_no: "radio-group",
  boolean: "radio-group",
  longtext: "textarea",
  text: "text",
  textarea: "textarea",
  email: "email",
  tel: "tel",
  phone: "tel",
  url: "url",
  number: "number",
  date: "date",
  select: "select",
  combobox: "combobox",
  "radio-group": "radio-group",
  checkbox: "checkbox",
  "checkbox-group": "checkbox-group",
  file: "file",
  password: "password",
  "button-group": "button-group",
  listbox: "listbox",
};

function kindOf({ kind, options }: ScreeningQuestion): FieldKind {
  const known = kindWords[kind.trim().toLowerCase()];
  const hasOptions = options !== undefined && options !== null && options.length > 0;
  if (known === "checkbox" && hasOptions) return "checkbox-group";
  return known ?? (hasOptions ? "select" : "text");
}

function toField(question: ScreeningQuestion, index: number): FormField {
  const kind = kindOf(question);
  const options = question.options ?? [];
  const label = cleanLabel(question.question.slice(0, longestLabel));
  // How a date is to be written says nothing of what is asked.
  const asked = label.replace(/\(?\b(dd|mm)\b[\w./ -]*\by{2,4}\b\)?/giu, "").trim();
  const isBareTitle =
    /^title$/iu.test(label) && !/work|employ|job|experience/iu.test(question.section ?? "");
  // On its own it may be a form of address as well as a job.
  const understood = assignMeaning({
    kind,
    label: isBareTitle ? "Form of address" : asked,
    options,
  });
  const { required } = question;
  return {
    id: String(index),
    frame: "",
    selector: "",
    label,
    kind,
    required,
    options,
    visible: true,
    ...understood,
  };
}

/** Nobody asks anything after this many characters. */
const longestLabel = 3_000;

function detailsOf({ help, section, follows }: ScreeningQuestion): AskedDetails {
  if (follows === undefined || follows === null) return { help, section };
  const answers = [follows.answer ?? ""].flat().filter((answer) => answer !== "");
  const parent = { text: follows.question, answers: answers.length === 0 ? undefined : answers };
  return { help, section, parent };
}

function toAnswer(id: string, planned: PlannedField | undefined): ScreeningAnswer {
  if (planned === undefined) {
    return {
      id,
      action: "ask",
      value: null,
      source: null,
      confidence: 0,
      why: "it was not planned",
    };
  }
  const { action, value, source, confidence, why } = planned;
  if (action !== "fill") return { id, action, value: null, source: null, confidence, why };
  return { id, action: "answer", value: inWords(value), source, confidence, why };
}

/** One option as text, several as a list, a tick as yes or no. */
function inWords(value: PlannedField["value"]): ScreeningAnswer["value"] {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value) && value.length === 1) return value[0] ?? null;
  return value;
}
