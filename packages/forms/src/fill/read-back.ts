import type { FieldValue, PlannedField, SnapshotField, SnapshotPage } from "@valet/contracts";
import type { Page } from "playwright";
import { pollUntil } from "../page-script/poll-until.ts";
import type { HeldValue } from "../page-script/read-values.ts";
import type { FormPage } from "../read/form-page.ts";
import { type FormReading, readFormState } from "../read/read-form.ts";
import { type FileToAttach, isFileTaken } from "./attach-file.ts";
import { holdsBytes } from "./holds-bytes.ts";
import { readHeldValues } from "./read-held-values.ts";
import { isSameValue } from "./same-value.ts";
import { withTakenFiles } from "./with-taken-files.ts";

export interface ReadBackInput {
  readonly page: Page;
  readonly form: FormPage;
  readonly plan: readonly PlannedField[];
  readonly files: Readonly<Record<string, FileToAttach>>;
  readonly pageNumber: number;
  /** Wait until page scripts have stopped changing values and no progress is shown. */
  readonly waitUntilSettled?: boolean;
}

const settleTimeoutMs = 5_000;
/** Longer lists (countries, schools) are searched on the page and not carried along with every review. */
const mostOptionsShown = 60;
const equalReadings = 4;

/** What the page would send, from the live page and never from what was typed. */
export async function readBack(input: ReadBackInput, signal: AbortSignal): Promise<SnapshotPage> {
  if (input.waitUntilSettled !== true) return (await takeSnapshot(input, signal)).snapshot;
  let last = "";
  let equal = 0;
  const settled = await pollUntil(
    async () => {
      const { snapshot, isBusy } = await takeSnapshot(input, signal);
      const now = JSON.stringify(snapshot);
      equal = now === last && !isBusy ? equal + 1 : 1;
      last = now;
      return equal >= equalReadings ? snapshot : undefined;
    },
    { timeoutMs: settleTimeoutMs, signal },
  );
  return settled ?? (await takeSnapshot(input, signal)).snapshot;
}

async function takeSnapshot(
  input: ReadBackInput,
  signal: AbortSignal,
): Promise<{ snapshot: SnapshotPage; isBusy: boolean }> {
  const reading = await readFormState(input.page, signal);
  const fields = currentFields(input, reading);
  const targets = fields.map((field) => {
    const file = input.files[field.id];
    return file === undefined ? field : { ...field, fileName: file.fileName };
  });
  const held = await readHeldValues(input.page, targets, signal);
  const plan = new Map(input.plan.map((entry) => [entry.id, entry]));
  const snapshotFields: SnapshotField[] = [];
  for (const field of fields) {
    const value = held.get(field.id);
    // An upload widget may take its input away; then only the shown name is left of the field.
    if (value?.found === false && value.file === null) continue;
    const file = await takenFile(input, { field, held: value }, signal);
    snapshotFields.push(snapshotField({ field, held: value, planned: plan.get(field.id), file }));
  }
  const { url } = reading.form;
  return {
    snapshot: { page: input.pageNumber, url, ...reading.sending, fields: snapshotFields },
    isBusy: reading.frames.some(({ busy }) => busy),
  };
}

/** Our file, where the page holds it as it was attached. */
async function takenFile(
  { page, files }: ReadBackInput,
  {
    field,
    held,
  }: { readonly field: FormPage["fields"][number]; readonly held: HeldValue | undefined },
  signal: AbortSignal,
): Promise<FileToAttach | undefined> {
  const file = files[field.id];
  if (file === undefined) return undefined;
  const { fileName, bytes } = file;
  if (!isFileTaken({ held, fileName, size: bytes.length })) return undefined;
  return (await holdsBytes({ page, field, file }, signal)) ? file : undefined;
}

/** What would be sent with the form as it stands. */
function currentFields(input: ReadBackInput, { form, outside }: FormReading): FormPage["fields"] {
  const now = form.fields.filter(({ id }) => !outside.includes(id));
  return withTakenFiles(now, input);
}

function snapshotField({
  field,
  held,
  planned,
  file,
}: {
  readonly field: FormPage["fields"][number];
  readonly held: HeldValue | undefined;
  readonly planned: PlannedField | undefined;
  readonly file: FileToAttach | undefined;
}): SnapshotField {
  const { id, label, kind, meaning, required, visible, options } = field;
  const value = held?.value ?? null;
  const isPlanned =
    planned?.action === "fill" &&
    planned.value !== null &&
    (isSameValue({ field, wanted: planned.value, held: value, dayOrder: held?.dayOrder ?? null }) ||
      isTakenOption(planned.value, field, value));
  return {
    id,
    label,
    kind,
    meaning,
    required,
    visible,
    value,
    ...(options.length > 0 && options.length <= mostOptionsShown ? { options } : {}),
    ...(file === undefined ? {} : { file: { name: file.fileName, sha256: file.sha256 } }),
    source: isPlanned ? planned.source : isEmpty(value) ? null : "site",
    confidence: isPlanned ? planned.confidence : field.confidence,
  };
}

/** A list may show part of the option that was taken, such as the calling code alone. */
function isTakenOption(
  wanted: FieldValue,
  { kind }: FormPage["fields"][number],
  held: FieldValue | null,
): boolean {
  if (kind !== "combobox" || typeof wanted === "boolean" || typeof held !== "string") return false;
  return [wanted].flat().some((text) => ` ${text} `.includes(` ${held} `));
}

function isEmpty(value: FieldValue | null): boolean {
  return value === null || value === false || value === "";
}
