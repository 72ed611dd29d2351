import { Recipe } from "@valet/contracts";
import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";

/** A layout of a site, as its forms are laid out alike for everybody. */
export interface FormLayout {
  readonly host: string;
  /** SHA-256 of the layout, in hex. */
  readonly signature: string;
}

export interface FieldRecipe extends FormLayout {
  /** Which of its fields; no words of the page. */
  readonly fieldKey: string;
  readonly recipe: Recipe;
}

/** What once worked on forms of this host. One that is not understood any more is not there. */
export async function listRecipes(db: Querier, host: string): Promise<FieldRecipe[]> {
  const rows = await db
    .selectFrom("formRecipes")
    .select(["host", "signature", "fieldKey", "recipe"])
    .where("host", "=", host)
    .execute();
  return rows.flatMap((row) => {
    const recipe = Recipe.safeParse(row.recipe);
    return recipe.success ? [{ ...row, recipe: recipe.data }] : [];
  });
}

/** Keeps what brought a field to its value, in place of what was known of it. */
export async function keepRecipe(
  db: Querier,
  { host, signature, fieldKey, recipe, engine }: FieldRecipe & { readonly engine: string },
): Promise<void> {
  const found = { recipe: jsonValue(recipe), engine };
  await db
    .insertInto("formRecipes")
    .values({ host, signature, fieldKey, ...found })
    .onConflict((conflict) =>
      conflict
        .columns(["host", "signature", "fieldKey"])
        .doUpdateSet({ ...found, foundAt: sql`now()` }),
    )
    .execute();
}

/** Forgets what does not work any more: the site has changed. */
export async function dropRecipes(
  db: Querier,
  { host, signature }: FormLayout,
  fieldKeys: readonly string[],
): Promise<void> {
  if (fieldKeys.length === 0) return;
  await db
    .deleteFrom("formRecipes")
    .where("host", "=", host)
    .where("signature", "=", signature)
    .where("fieldKey", "in", fieldKeys)
    .execute();
}
