import type { PlannedField, UnansweredQuestion } from "@valet/contracts";
import { listFieldsByHand } from "@valet/db";
import { type FormPage, readBack } from "@valet/forms";
import type { WorkerDeps } from "../deps.ts";
import type { LiveSession } from "../live-sessions.ts";

interface PlannedPage {
  readonly page: LiveSession["page"];
  readonly form: FormPage;
  readonly plan: readonly PlannedField[];
}

/**
 * The plan with what the person has set in the live view, because nothing else could: it stands there as
 * they left it, under their name. A field that shows nothing is asked for once more; said twice to be set, it
 * is one that shows its value to people alone.
 */
export async function withFieldsByHand(
  { db }: Pick<WorkerDeps, "db">,
  { taskId, page, form, plan }: PlannedPage & { readonly taskId: string },
  signal: AbortSignal,
): Promise<readonly PlannedField[]> {
  const byHand = Map.groupBy(await listFieldsByHand(db, taskId), (id) => id);
  if (!plan.some(({ id }) => byHand.has(id))) return plan;
  const { fields } = await readBack({ page, form, plan, files: {}, pageNumber: 1 }, signal);
  const held = new Map(fields.map(({ id, value }) => [id, value]));
  return plan.map((planned): PlannedField => {
    const times = byHand.get(planned.id)?.length ?? 0;
    const value = held.get(planned.id) ?? null;
    if (times === 0 || (times === 1 && value === null)) return planned;
    const why = "you have set it in the live view";
    return value === null
      ? { ...planned, action: "skip", value: null, source: null, why }
      : { ...planned, action: "fill", value, source: "person", confidence: 1, why };
  });
}

/** What the person is to set in the live view, as it is shown to them. */
export function fieldsToSet(form: FormPage, ids: readonly string[]): UnansweredQuestion[] {
  return form.fields
    .filter(({ id }) => ids.includes(id))
    .map(({ id, label, options }) => ({ fieldId: id, question: label, options }));
}
