import { type FieldHelp, helpField } from "@valet/ai";
import type { EngineName, FormField, PlannedField, Recipe } from "@valet/contracts";
import { keepRecipe } from "@valet/db";
import { type FormPage, takeInHand } from "@valet/forms";
import type { WorkerDeps } from "../deps.ts";
import { fieldKeyOf, layoutOf } from "../form-layout.ts";
import type { LiveSession } from "../live-sessions.ts";

/** One page has no more widgets that no rule knows; whoever has more wants a person. */
const mostFields = 12;

interface HelpWanted {
  readonly taskId: string;
  readonly userId: string;
  readonly live: LiveSession;
  readonly engine: EngineName;
  readonly form: FormPage;
  readonly plan: readonly PlannedField[];
  /** What is known of the person, in whatever shape: no text of it may reach a model. */
  readonly known: readonly unknown[];
  /** Ids of fields that do not hold what is planned for them. */
  readonly missed: readonly string[];
  readonly onProgress: () => Promise<void>;
}

/**
 * Has an engine point at what brings these fields to their values, one after the other, and keeps what
 * worked for everybody who meets the same layout. What it could not do stays as it is.
 */
export async function helpFields(
  deps: WorkerDeps,
  { taskId, userId, live, engine: name, form, plan, known, missed, onProgress }: HelpWanted,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Recipe>> {
  const found = new Map<string, Recipe>();
  const wanted = form.fields.flatMap((field) => {
    const planned = plan.find(({ id }) => id === field.id);
    return missed.includes(field.id) && isHelpable(field, planned)
      ? [{ field, value: planned.value }]
      : [];
  });
  if (wanted.length === 0) return found;
  const log = deps.log.child({ taskId, engine: name });
  const lists = form.fields.map(({ options }) => options);
  const session = {
    taskId,
    userId,
    live,
    facts: textsIn([known, plan.map(({ value }) => value)]),
    lists,
  };
  const engine = await deps.engines.open(name, session, signal);
  try {
    for (const { field, value } of wanted.slice(0, mostFields)) {
      const { page } = live;
      const hand = await takeInHand({ page, form, field, value }, signal);
      if (hand === undefined) continue;
      const { label, kind, options } = field;
      let help: FieldHelp;
      try {
        help = await helpField({ engine, hand, field: { label, kind, options } }, signal);
      } finally {
        await hand.close(signal).catch(() => undefined);
      }
      const fieldKey = fieldKeyOf(field.id);
      const outcome = help.kind === "left" ? { why: help.why } : { steps: help.recipe.length };
      log.info({ fieldKey, kind: help.kind, ...outcome }, "an engine helped with a field");
      if (help.kind === "held") {
        found.set(field.id, help.recipe);
        await keepRecipe(deps.db, {
          ...layoutOf(form),
          fieldKey,
          recipe: help.recipe,
          engine: name,
        });
      }
      await onProgress();
    }
  } finally {
    await engine.close().catch(() => undefined);
  }
  return found;
}

/** Every text and number in it once, however deep. */
function textsIn(value: unknown): string[] {
  return [...new Set(leavesOf(value))];
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((one) => leavesOf(one));
}

/** Files, passwords and several values at once are none of an engine's business. */
function isHelpable(
  { kind, policy }: FormField,
  planned: PlannedField | undefined,
): planned is PlannedField & { readonly value: string } {
  if (policy === "never" || kind === "file" || kind === "password") return false;
  return planned?.action === "fill" && typeof planned.value === "string" && planned.value !== "";
}
