import type { Recipe } from "@valet/contracts";
import { type FieldRecipe, dropRecipes, listRecipes } from "@valet/db";
import type { FillReport, FormPage } from "@valet/forms";
import type { WorkerDeps } from "../deps.ts";
import { fieldKeyOf, layoutOf } from "../form-layout.ts";

type Recipes = Readonly<Record<string, Recipe>>;
/** For the form as it is laid out at the time. */
export type KnownRecipes = (form: FormPage) => Recipes;

/** What once worked on forms of this host. */
export async function recipesFor(
  { db }: Pick<WorkerDeps, "db">,
  form: FormPage,
): Promise<KnownRecipes> {
  const known = await listRecipes(db, layoutOf(form).host);
  return (now) => recipesOf(known, now);
}

function recipesOf(known: readonly FieldRecipe[], { signature, fields }: FormPage): Recipes {
  const own = known.filter((one) => one.signature === signature);
  const byKey = new Map(own.map(({ fieldKey, recipe }) => [fieldKey, recipe]));
  return Object.fromEntries(
    fields.flatMap(({ id }) => {
      const recipe = byKey.get(fieldKeyOf(id));
      return recipe === undefined ? [] : [[id, recipe]];
    }),
  );
}

/** The page says what a recipe is worth: one that does not bring the value any more is forgotten. */
export async function forgetFailed(
  { db, log }: Pick<WorkerDeps, "db" | "log">,
  { form, report }: { readonly form: FormPage; readonly report: FillReport },
): Promise<void> {
  const failed = report.fields
    .filter(({ recipe }) => recipe === "failed")
    .map(({ id }) => fieldKeyOf(id));
  if (failed.length === 0) return;
  log.info({ fields: failed.length }, "the site has changed, what worked there is forgotten");
  await dropRecipes(db, layoutOf(form), failed);
}
