import type { Page } from "../../offline/open-offline-browser.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fillPage, type FormPage, planValues, readForm } from "@valet/forms";
import { z } from "zod";
import {
  type ScoreCase,
  type ScoreDeps,
  type ScoreInput,
  type SetScore,
  sampleOf,
} from "./form-score.ts";

const set = "formfactory";
const Mapping = z.record(
  z.string(),
  z.object({ gold: z.string(), unmatchedKeys: z.array(z.string()) }),
);
const Given = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number()])),
]);
const Records = z.array(z.record(z.string(), Given));
type Record = z.infer<typeof Records>[number];

interface FilledRecord {
  readonly fields: number;
  /** Values that no list of the page offers: nobody could choose them. */
  readonly notOffered: number;
  readonly wrong: readonly ScoreCase[];
}

/** Values given by label, filled into each form and read from the page by means of our own. */
export async function scoreFormfactory(
  { openBrowser }: ScoreDeps,
  { corpora, sample }: ScoreInput,
  signal: AbortSignal,
): Promise<SetScore> {
  const folder = join(corpora, set);
  const mapping = Mapping.parse(JSON.parse(await readFile(join(folder, "mapping.json"), "utf8")));
  const browser = await openBrowser({ javaScript: true });
  const filled: FilledRecord[] = [];
  try {
    for (const [id, { gold, unmatchedKeys }] of Object.entries(mapping)) {
      const file = join(folder, "static-html", `${id}.html`);
      const records = Records.parse(JSON.parse(await readFile(join(folder, gold), "utf8")));
      const { page, close } = await browser.open(file, signal);
      const perForm = sample && Math.max(1, Math.round(sample / Object.keys(mapping).length));
      for (const [index, record] of sampleOf(records, perForm).entries()) {
        if (index > 0) await page.reload({ waitUntil: "domcontentloaded" });
        filled.push(await fillRecord({ page, id, record, unmatchedKeys }, signal));
      }
      await close();
    }
  } finally {
    await browser.close();
  }
  return scoreOf(filled);
}

async function fillRecord(
  {
    page,
    id,
    record,
    unmatchedKeys,
  }: {
    readonly page: Page;
    readonly id: string;
    readonly record: Record;
    readonly unmatchedKeys: readonly string[];
  },
  signal: AbortSignal,
): Promise<FilledRecord> {
  const form: FormPage = await readForm(page, signal);
  const { plan } = planValues({ fields: form.fields, values: record });
  await fillPage({ page, form, plan, files: {} }, signal);
  const shown = await readShown(page);
  const wrong: ScoreCase[] = [];
  let fields = 0;
  let notOffered = 0;
  for (const [label, value] of Object.entries(record)) {
    const control = shown.find((one) => sameLabel(one.label, label));
    if (value === null || unmatchedKeys.includes(label) || control?.kind === "file") continue;
    if (control !== undefined && control.options.length > 0 && !isOffered(control.options, value)) {
      notOffered += 1;
      continue;
    }
    fields += 1;
    if (control === undefined || !isShown(control, value)) {
      const found = control === undefined ? "no such control" : `${control.kind} holds another`;
      wrong.push({ set, where: `${id} ${label.slice(0, 60)}`, expected: "the given value", found });
    }
  }
  return { fields, notOffered, wrong };
}

interface ShownControl {
  readonly label: string;
  readonly kind: string;
  readonly value: string;
  readonly checked: boolean;
  readonly options: readonly string[];
}

/** What a person would see in each labelled control, without the engine's own reading. */
function readShown(page: Page): Promise<ShownControl[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("label")].flatMap((label) => {
      const control = label.control;
      const isList = control instanceof HTMLSelectElement;
      const isField = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement;
      if (!isList && !isField) return [];
      return [
        {
          label: (label.textContent ?? "").replace(/\s+/gu, " ").trim(),
          kind: isList ? "select" : control.type,
          value: isList ? (control.selectedOptions[0]?.text ?? "") : control.value,
          checked: control instanceof HTMLInputElement && control.checked,
          options: isList ? [...control.options].map(({ text }) => text) : [],
        },
      ];
    }),
  );
}

function sameLabel(shown: string, wanted: string): boolean {
  const plain = (text: string): string =>
    text
      .replace(/[*:]\s*$/u, "")
      .trim()
      .toLowerCase();
  return plain(shown) === plain(wanted);
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function isOffered(options: readonly string[], value: Record[string]): boolean {
  return options.some((option) => squeeze(option) === squeeze(String(value)));
}

function isShown({ kind, value, checked }: ShownControl, wanted: Record[string]): boolean {
  if (kind === "checkbox") return checked === (wanted === true || wanted === "Yes");
  const text = Array.isArray(wanted) ? wanted.join(", ") : String(wanted);
  if (kind === "date") return value === text.replace(/\//gu, "-");
  if (kind === "number") return Number(value) === Number(text.replace(/[^\d.-]/gu, ""));
  if (kind === "select") return squeeze(value) === squeeze(text);
  // A single line cannot hold the line breaks of the given text.
  const plain = (words: string): string => words.replace(/\s+/gu, " ").trim();
  return plain(value) === plain(text);
}

function scoreOf(filled: readonly FilledRecord[]): SetScore {
  const fields = filled.reduce((sum, one) => sum + one.fields, 0);
  const wrong = filled.flatMap((one) => one.wrong);
  const whole = filled.filter((one) => one.wrong.length === 0).length;
  return {
    rows: [
      {
        what: `${set} fields`,
        value: fields === 0 ? 0 : (fields - wrong.length) / fields,
        unit: "ratio",
        floor: 0.98,
        bound: "least",
      },
      {
        what: `${set} whole forms`,
        value: filled.length === 0 ? 0 : whole / filled.length,
        unit: "ratio",
        floor: 0.9,
        bound: "least",
      },
      {
        what: `${set} values that no list offers`,
        value: filled.reduce((sum, one) => sum + one.notOffered, 0),
        unit: "count",
        floor: null,
        bound: "most",
      },
    ],
    cases: [...new Map(wrong.map((one) => [one.where, one])).values()],
  };
}
