import { nameFields } from "@valet/ai";
import type { FormField, Meaning } from "@valet/contracts";
import { type FormPage, type SuggestedMeanings, unsureFields, withMeanings } from "@valet/forms";
import type { SiteAdapter } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { meaningMemory } from "../meaning-memory.ts";

export type SuggestDeps = Pick<WorkerDeps, "db" | "modelFor" | "log">;

interface FormToUnderstand {
  readonly taskId: string;
  readonly userId: string;
  readonly form: FormPage;
}

/**
 * What the fields that no rule is sure of may ask for: as was said of the same layout before, else as a model
 * says, asked once for the whole page. Nobody has judged it yet. Whatever becomes of asking, the form goes on as
 * without.
 */
export async function suggestMeanings(
  deps: SuggestDeps,
  asked: FormToUnderstand,
  signal: AbortSignal,
): Promise<SuggestedMeanings> {
  const unsure = unsureFields(asked.form.fields);
  if (unsure.length === 0) return new Map();
  try {
    return await remembered(deps, { ...asked, unsure }, signal);
  } catch (error) {
    signal.throwIfAborted();
    deps.log.warn({ taskId: asked.taskId, err: error }, "nobody was asked what fields ask for");
    return new Map();
  }
}

async function remembered(
  { db, modelFor, log }: SuggestDeps,
  { taskId, userId, form, unsure }: FormToUnderstand & { readonly unsure: readonly FormField[] },
  signal: AbortSignal,
): Promise<SuggestedMeanings> {
  const memory = meaningMemory(db);
  const known = await memory.find(form);
  if (modelFor === undefined || unsure.every(({ id }) => known.has(id))) return known;
  const model = modelFor({ purpose: "meanings", userId, about: { taskId } });
  const named = await nameFields(unsure, model, signal);
  const { kind: outcome, usage } = named;
  log.info(
    { taskId, outcome, fields: unsure.length, ...usage },
    "a model was asked what fields ask for",
  );
  if (named.kind !== "answered") return known;
  const meanings = new Map(
    unsure.map(({ id }): [string, Meaning] => [id, named.meanings.get(id) ?? "unknown"]),
  );
  await memory.keep(form, meanings);
  return meanings;
}

/** The form with what was suggested, as far as that is harmless. */
export function withSuggested(form: FormPage, suggested: SuggestedMeanings): FormPage {
  return { ...form, fields: withMeanings(form.fields, suggested) };
}

/** An adapter that tells it into every reading of the form as well. */
export function adapterThatKnows(adapter: SiteAdapter, suggested: SuggestedMeanings): SiteAdapter {
  return { ...adapter, refine: (form) => withSuggested(adapter.refine(form), suggested) };
}
