import { createHash } from "node:crypto";
import type { FormField, Meaning } from "@valet/contracts";
import { type Db, findFormMeanings, keepFormMeanings } from "@valet/db";
import type { FormPage, SuggestedMeanings } from "@valet/forms";
import { layoutOf } from "./steps/known-recipes.ts";

/** What was said before of the fields of one layout, so that nobody is asked again. */
export interface MeaningMemory {
  /** Of these fields, those that were asked about before; `unknown` where nobody could say it. */
  find(form: FormPage): Promise<ReadonlyMap<string, Meaning>>;
  keep(form: FormPage, meanings: SuggestedMeanings): Promise<void>;
}

/** For everybody who comes to the same form of the same site. */
export function meaningMemory(db: Db): MeaningMemory {
  return {
    async find(form) {
      const kept = await findFormMeanings(db, layoutOf(form));
      return new Map(
        form.fields.flatMap((field): [string, Meaning][] => {
          const meaning = kept?.[keyOf(field)];
          return meaning === undefined ? [] : [[field.id, meaning]];
        }),
      );
    },
    async keep(form, meanings) {
      const kept = form.fields.flatMap((field): [string, Meaning][] => {
        const meaning = meanings.get(field.id);
        return meaning === undefined ? [] : [[keyOf(field), meaning]];
      });
      await keepFormMeanings(db, layoutOf(form), Object.fromEntries(kept));
    },
  };
}

/** A field that has no name of its own is called by its words, and a page may write to the person in them. */
function keyOf({ id }: FormField): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 24);
}
