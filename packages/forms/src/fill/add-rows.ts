import type { FormField } from "@valet/contracts";
import type { Frame, Page } from "playwright";
import { type AddButton, readAddButtons } from "../page-script/add-buttons.ts";
import { findElement, runInFrame } from "../page-script/page-script.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import { countRows, type EntryList, entryLists, listOf } from "../plan/entry-rows.ts";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { findFrame } from "../read/readable-frames.ts";
import { clickAsPerson, withoutSubmitting } from "./trusted-input.ts";

/** More rows than a person would fill. */
const mostRows = 10;
const growthTimeoutMs = 3_000;

export interface RowsToAdd {
  readonly page: Page;
  readonly form: FormPage;
  /** How many rows of each list there is something to put into. */
  readonly entries: Readonly<Record<EntryList, number>>;
}

/**
 * Presses the form's own "Add another" until each list has a row for every entry, or the form adds no
 * more, and reads the form anew. Values that stand are not touched; it never submits.
 */
export async function addRows(
  { page, form, entries }: RowsToAdd,
  signal: AbortSignal,
): Promise<FormPage> {
  let current = form;
  for (const list of entryLists) {
    const wanted = Math.min(entries[list], mostRows);
    while (countRows(current.fields)[list] < wanted) {
      const grown = await addRow({ page, form: current, list }, signal);
      if (grown === undefined) break;
      current = grown;
    }
  }
  return current;
}

interface RowToAdd {
  readonly page: Page;
  readonly form: FormPage;
  readonly list: EntryList;
}

/** The form with one row more; undefined when it offers no way to add one. */
async function addRow(
  { page, form, list }: RowToAdd,
  signal: AbortSignal,
): Promise<FormPage | undefined> {
  const rows = countRows(form.fields)[list];
  const found = await findAddButton({ page, form, list }, signal);
  const target = found && (await findElement(found.frame, found.button.selector, signal));
  if (found === undefined || target === undefined) return undefined;
  await withoutSubmitting(found.frame, () => clickAsPerson(target, signal));
  return pollUntil(
    async () => {
      const now = await readForm(page, signal);
      return countRows(now.fields)[list] > rows ? now : undefined;
    },
    { timeoutMs: growthTimeoutMs, signal },
  );
}

async function findAddButton(
  { page, form, list }: RowToAdd,
  signal: AbortSignal,
): Promise<{ readonly frame: Frame; readonly button: AddButton } | undefined> {
  for (const [frameUrl, fields] of Map.groupBy(form.fields, ({ frame }) => frame)) {
    const frame = findFrame(page, frameUrl);
    if (frame === undefined) continue;
    const arg = fields.map(({ selector }) => selector);
    const buttons = await runInFrame(frame, { script: readAddButtons, arg }, signal);
    const button = buttons.find((one) => addsTo(one, fields) === list);
    if (button !== undefined) return { frame, button };
  }
  return undefined;
}

const listWords: Readonly<Record<EntryList, RegExp>> = {
  work: /\b(work|experiences?|employment|employers?|jobs?|positions?|career|berufserfahrung|arbeitserfahrung|expériences?|experiencia|esperienz[ae]|experiência|werkervaring|doświadczenie)\b/iu,
  education:
    /\b(education(al)?|schools?|degrees?|university|universities|college|academic|ausbildung|bildung|studium|formation|formación|educación|istruzione|formazione|formação|opleiding(en)?|wykształcenie)\b/iu,
};
const otherThings =
  /\b(languages?|skills?|links?|websites?|references?|referees?|files?|attachments?|documents?|certifi\w+|licen[cs]es?|address|phone|e-?mail|note|comment|photo|contact|family|dependents?)\b/iu;

/** By its own words, else by the heading above it, else by the row it stands behind. */
function addsTo({ text, heading, after }: AddButton, fields: readonly FormField[]) {
  if (otherThings.test(text)) return undefined;
  const named = listNamed(text);
  if (named !== undefined) return named;
  const before = fields[after];
  const near = before === undefined ? undefined : listOf(before.meaning);
  if (otherThings.test(heading)) return undefined;
  return listNamed(heading) ?? near;
}

function listNamed(words: string): EntryList | undefined {
  const lists = entryLists.filter((list) => listWords[list].test(words));
  return lists.length === 1 ? lists[0] : undefined;
}
