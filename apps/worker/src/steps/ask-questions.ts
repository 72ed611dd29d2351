import type { PlannedField, UnansweredQuestion } from "@valet/contracts";
import {
  type FillReport,
  type FormPage,
  lacksChoice,
  loadOptions,
  unansweredQuestions,
} from "@valet/forms";
import type { LiveSession } from "../live-sessions.ts";

interface PlannedPage {
  readonly page: LiveSession["page"];
  readonly form: FormPage;
  readonly plan: readonly PlannedField[];
}

/** What the person has to be asked before this page can be sent, with the choices its lists offer. */
export async function askQuestions(
  { page, form, plan }: PlannedPage,
  signal: AbortSignal,
): Promise<UnansweredQuestion[]> {
  const asked = new Set(unansweredQuestions(form.fields, plan).map(({ fieldId }) => fieldId));
  if (asked.size === 0) return [];
  const fields = form.fields.filter(({ id }) => asked.has(id));
  const loaded = await loadOptions({ page, form: { ...form, fields } }, signal);
  return unansweredQuestions(loaded.fields, plan);
}

/**
 * The plan after lists turned out to lack what was planned: a stored fact that is none of the choices
 * answers nothing, so the question is asked where it is required and left alone where it is not.
 */
export function withoutAbsentChoices(
  { form, plan }: Pick<PlannedPage, "form" | "plan">,
  report: FillReport,
): readonly PlannedField[] {
  const absent = new Set(report.fields.filter((field) => lacksChoice(field)).map(({ id }) => id));
  if (absent.size === 0) return plan;
  const required = new Set(form.fields.filter((field) => field.required).map(({ id }) => id));
  return plan.map((planned): PlannedField => {
    if (!absent.has(planned.id)) return planned;
    const action = required.has(planned.id) ? "ask" : "skip";
    const why = "the stored fact is none of the choices on the page";
    return { ...planned, action, value: null, source: null, why };
  });
}
