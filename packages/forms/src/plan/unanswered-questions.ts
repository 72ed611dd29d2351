import type { FormField, PlannedField, UnansweredQuestion } from "@valet/contracts";

/** What the person has to be asked before this page can be sent. */
export function unansweredQuestions(
  fields: readonly FormField[],
  plan: readonly PlannedField[],
): UnansweredQuestion[] {
  const asked = new Set(plan.filter(({ action }) => action === "ask").map(({ id }) => id));
  return fields
    .filter(({ id }) => asked.has(id))
    .map(({ id, label, kind, options }) => ({
      fieldId: id,
      question: label,
      options: kind === "checkbox" && options.length === 0 ? tickOrNot : options,
    }));
}

/** A lone box shows no choices, and whoever is asked must know that it takes no sentence. */
const tickOrNot = ["Yes", "No"];
