import type { Recipe } from "@valet/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dropRecipes, keepRecipe, listRecipes } from "./form-recipes.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

const layout = { host: "jobs.example", signature: "a".repeat(64) };
const recipe: Recipe = [
  { do: "click", at: "#notice" },
  { do: "pick", at: ["#host", "ul"] },
];
const found = { ...layout, fieldKey: "notice", recipe, engine: "stagehand" };

test("what worked is there for everybody, the newest in place of what was known", async () => {
  await keepRecipe(store.db, { ...found, recipe: [{ do: "click", at: "#old" }] });
  await keepRecipe(store.db, found);
  await keepRecipe(store.db, { ...found, host: "other.example" });

  expect(await listRecipes(store.db, layout.host)).toEqual([
    { ...layout, fieldKey: "notice", recipe },
  ]);
});

test("what does not work any more is forgotten, on that layout alone", async () => {
  const other = { ...found, signature: "b".repeat(64) };
  await keepRecipe(store.db, found);
  await keepRecipe(store.db, other);
  await dropRecipes(store.db, layout, []);
  await dropRecipes(store.db, layout, ["notice", "another"]);

  expect(await listRecipes(store.db, layout.host)).toMatchObject([{ signature: other.signature }]);
});

test("a recipe with anything more than elements and what to do to them is none", async () => {
  const odd = JSON.stringify([{ do: "goto", at: "https://example.com" }]);
  await sql`insert into form_recipes (host, signature, field_key, recipe, engine)
    values ('odd.example', 's', 'f', ${odd}::jsonb, 'stagehand')`.execute(store.db);

  expect(await listRecipes(store.db, "odd.example")).toEqual([]);
});
