import type { Meaning } from "@valet/contracts";
import { type Db, findFormMeanings, keepFormMeanings } from "@valet/db";
import type { FormPage, SuggestedMeanings } from "@valet/forms";
import { fieldKeyOf, layoutOf } from "./form-layout.ts";

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
          const meaning = kept?.[fieldKeyOf(field.id)];
          return meaning === undefined ? [] : [[field.id, meaning]];
        }),
      );
    },
    async keep(form, meanings) {
      const kept = form.fields.flatMap((field): [string, Meaning][] => {
        const meaning = meanings.get(field.id);
        return meaning === undefined ? [] : [[fieldKeyOf(field.id), meaning]];
      });
      await keepFormMeanings(db, layoutOf(form), Object.fromEntries(kept));
    },
  };
}
