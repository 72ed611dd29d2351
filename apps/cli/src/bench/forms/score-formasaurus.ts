import type { Page } from "../../offline/open-offline-browser.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { countMeanings, f1 } from "./count-meanings.ts";
import {
  type ScoreCase,
  type ScoreDeps,
  type ScoreInput,
  type SetScore,
  sampleOf,
} from "./form-score.ts";
import { markElements, readMarked } from "./found-meanings.ts";
import { certaintiesOf, judgeField, misjudged } from "./judged-field.ts";
import { readingConcurrently } from "./read-concurrently.ts";

const set = "formasaurus-subset";
const Meanings = z.object({ formasaurus: z.record(z.string(), z.array(z.string())) });
const LabelledPage = z.object({
  forms: z.array(
    z.object({
      index: z.number(),
      type: z.string(),
      fields: z.record(z.string(), z.string()),
    }),
  ),
});
type LabelledPage = z.infer<typeof LabelledPage>;

/** Meanings of the annotated fields of saved pages in many languages; traps that would be filled. */
export async function scoreFormasaurus(
  deps: ScoreDeps,
  { corpora, sample }: ScoreInput,
  signal: AbortSignal,
): Promise<SetScore> {
  const read = async (path: string): Promise<unknown> =>
    JSON.parse(await readFile(join(corpora, path), "utf8"));
  const { formasaurus } = Meanings.parse(await read("meanings.json"));
  const labels = z.record(z.string(), z.unknown()).parse(await read(join(set, "labels.json")));
  const pages = Object.entries(labels).filter(([name]) => !name.startsWith("_"));
  const files = sampleOf(pages, sample).map(([name]) => name);
  const scored = new Set(Object.values(formasaurus).flat());
  const folder = join(corpora, set);
  const judged = await readingConcurrently(deps, { files, folder }, async ({ page, file }) => {
    const found = await readLabelled(page, LabelledPage.parse(labels[file]), signal);
    return found.map(({ label, place, field }) =>
      judgeField({ label, expected: formasaurus[label], place: `${file} ${place}`, field }),
    );
  });
  const traps = judged.filter(({ label, filled }) => label === "honeypot" && filled);
  const wrong = misjudged(judged, scored);
  return {
    rows: [
      {
        what: `${set} meaning F1`,
        value: f1(countMeanings(judged, scored)),
        unit: "ratio",
        floor: 0.92,
        bound: "least",
      },
      {
        what: `${set} honeypots filled`,
        value: traps.length,
        unit: "count",
        floor: 0,
        bound: "most",
      },
    ],
    certainties: certaintiesOf(judged),
    cases: [...traps, ...wrong].map(({ where, label, found }): ScoreCase => ({
      set,
      where,
      expected: label,
      found,
    })),
  };
}

interface LabelledField {
  readonly label: string;
  readonly place: string;
  readonly field: Awaited<ReturnType<typeof readMarked>>[number]["field"] | undefined;
}

/** Annotated fields with what was made of them: the unit is a name within a form. */
async function readLabelled(
  page: Page,
  { forms }: LabelledPage,
  signal: AbortSignal,
): Promise<LabelledField[]> {
  const selector = "input, select, textarea, button";
  const names = await markElements(page, { selector, attribute: "name" });
  const owners = await page.evaluate((wanted) => {
    const all = [...document.querySelectorAll("form")];
    return [...document.querySelectorAll(wanted)].map((element) => {
      // Not the form around it: broken tables part the two.
      const form = "form" in element ? element.form : null;
      return form instanceof HTMLFormElement ? all.indexOf(form) : -1;
    });
  }, selector);
  const fields = await readMarked(page, signal);
  return forms
    .filter(({ type }) => type !== "NOT ANNOTATED" && type !== "SKIP THIS FORM")
    .flatMap(({ index, fields: annotated }) =>
      Object.entries(annotated)
        .filter(([, label]) => label !== "NOT ANNOTATED")
        .map(([name, label]) => ({
          label,
          place: `form ${index} ${name}`,
          field: fields.find(({ mark }) => names[mark] === name && owners[mark] === index)?.field,
        })),
    );
}
