import { Meaning } from "@valet/contracts";
import { z } from "zod";
import type { Querier } from "./connect.ts";
import type { FormLayout } from "./form-recipes.ts";
import { jsonValue } from "./json-value.ts";

/** What each field that was asked about means, by a key of it; `unknown` where the model could not say. */
export type KeptMeanings = Readonly<Record<string, Meaning>>;

/** What was said of this layout before, by whomever it was asked for; undefined where nobody has asked. */
export async function findFormMeanings(
  db: Querier,
  { host, signature }: FormLayout,
): Promise<KeptMeanings | undefined> {
  const row = await db
    .selectFrom("formMeanings")
    .select("meanings")
    .where("host", "=", host)
    .where("signature", "=", signature)
    .executeTakeFirst();
  // A meaning that is not in the vocabulary any more is as good as never said.
  return z.record(z.string(), Meaning).safeParse(row?.meanings).data;
}

/** Keeps it for everybody who comes to the same form; the newest word counts. */
export async function keepFormMeanings(
  db: Querier,
  { host, signature }: FormLayout,
  meanings: KeptMeanings,
): Promise<void> {
  const values = { meanings: jsonValue(meanings) };
  await db
    .insertInto("formMeanings")
    .values({ host, signature, ...values })
    .onConflict((conflict) => conflict.columns(["host", "signature"]).doUpdateSet(values))
    .execute();
}
