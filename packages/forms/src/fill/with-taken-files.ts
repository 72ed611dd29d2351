import type { FormField } from "@valet/contracts";
import type { FillInput } from "./fill-page.ts";

/**
 * The fields there are now, and at their old places the file fields whose input the upload widget has
 * taken away: only the name it shows is left of them.
 */
export function withTakenFiles(
  now: readonly FormField[],
  { form, files }: Pick<FillInput, "form" | "files">,
): FormField[] {
  const known = new Set(now.map(({ id }) => id));
  const order = form.fields.map(({ id }) => id);
  const gone = form.fields.filter(
    ({ id, kind }) => kind === "file" && files[id] !== undefined && !known.has(id),
  );
  const merged = [...now];
  for (const field of gone) {
    const before = order.slice(0, order.indexOf(field.id)).findLast((id) => known.has(id));
    const place = merged.findIndex(({ id }) => id === before);
    merged.splice(place + 1, 0, field);
    known.add(field.id);
  }
  return merged;
}
