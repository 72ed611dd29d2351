import type { FormField, Profile } from "@valet/contracts";

/** The lists of a profile that forms ask for row by row. */
export const entryLists = ["work", "education"] as const;
export type EntryList = (typeof entryLists)[number];

/** Asked once per form, not once per row. */
const askedOnce: ReadonlySet<string> = new Set([
  "work.currentCompany",
  "work.currentTitle",
  "work.yearsOfExperience",
]);
/** Month and year of one date may be fields of their own. */
const inParts = /Date$/u;

export type RowField = Pick<FormField, "id" | "meaning">;

/**
 * Which row of its list each field belongs to, from 0 on, by field id: a row begins where a question of
 * the row before is asked again. Fields that are never filled count too, so that a row which shows less
 * than the others does not shift those after it.
 */
export function entryRows(fields: readonly RowField[]): Map<string, number> {
  const rows = new Map<string, number>();
  for (const list of entryLists) {
    let row = 0;
    let last = "";
    const asked = new Set<string>();
    for (const { id, meaning } of fields) {
      if (listOf(meaning) !== list) continue;
      const isPart = meaning === last && inParts.test(meaning);
      if (asked.has(meaning) && !isPart) {
        row += 1;
        asked.clear();
      }
      asked.add(meaning);
      last = meaning;
      rows.set(id, row);
    }
  }
  return rows;
}

/** The list a question belongs to, where it is asked of each entry. */
export function listOf(meaning: FormField["meaning"]): EntryList | undefined {
  return entryLists.find((list) => meaning.startsWith(`${list}.`) && !askedOnce.has(meaning));
}

/** How many rows of each list a form shows: some have further ones in place, hidden until asked for. */
export function countRows(
  fields: readonly (RowField & Pick<FormField, "visible">)[],
): Record<EntryList, number> {
  const rows = entryRows(fields);
  const count = (list: EntryList): number =>
    Math.max(
      0,
      ...fields
        .filter(({ meaning, visible }) => visible && listOf(meaning) === list)
        .map(({ id }) => (rows.get(id) ?? 0) + 1),
    );
  return { work: count("work"), education: count("education") };
}

export function countEntries({ work, education }: Profile): Record<EntryList, number> {
  return { work: work?.length ?? 0, education: education?.length ?? 0 };
}
