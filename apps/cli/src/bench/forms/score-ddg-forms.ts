import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readingConcurrently } from "./read-concurrently.ts";
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

const set = "ddg-test-forms";
const Meanings = z.object({ ddg: z.record(z.string(), z.array(z.string())) });

/** Meanings of the labelled inputs of saved pages, scripts off, without the labels in the page. */
export async function scoreDdgForms(
  deps: ScoreDeps,
  { corpora, sample }: ScoreInput,
  signal: AbortSignal,
): Promise<SetScore> {
  const { ddg } = Meanings.parse(
    JSON.parse(await readFile(join(corpora, "meanings.json"), "utf8")),
  );
  const folder = join(corpora, set, "test-forms");
  const files = sampleOf(
    (await readdir(folder)).filter((name) => name.endsWith(".html")).toSorted(),
    sample,
  );
  const scored = new Set(Object.values(ddg).flat());
  const judged = await readingConcurrently(deps, { files, folder }, async ({ page, file }) => {
    const labels = await markElements(page, {
      selector: "[data-manual-scoring]",
      attribute: "data-manual-scoring",
    });
    await page.evaluate(() => {
      for (const element of document.querySelectorAll("*")) {
        for (const name of element.getAttributeNames()) {
          if (name.startsWith("data-manual-")) element.removeAttribute(name);
        }
      }
    });
    const found = new Map((await readMarked(page, signal)).map(({ field, mark }) => [mark, field]));
    return labels.map((label, mark) => {
      const field = found.get(mark);
      const place = `${file} ${field?.id ?? `#${mark}`}`;
      return judgeField({ label, expected: ddg[label], place, field });
    });
  });
  const single = judged.filter(({ label }) => !label.includes(" OR "));
  const barred = single.filter(
    ({ label, found, filled }) => filled && isBarred(label) && scored.has(found),
  );
  const wrong = misjudged(single, scored);
  return {
    rows: [
      {
        what: `${set} meaning F1`,
        value: f1(countMeanings(single, scored)),
        unit: "ratio",
        floor: 0.96,
        bound: "least",
      },
      {
        what: `${set} password, card or unknown filled`,
        value: barred.length,
        unit: "count",
        floor: 0,
        bound: "most",
      },
    ],
    certainties: certaintiesOf(single),
    cases: wrong.map((one): ScoreCase => ({
      set,
      where: one.where,
      expected: one.label,
      found: one.found,
    })),
  };
}

function isBarred(label: string): boolean {
  return /^(unknown|password|card|expiration|totp)/u.test(label);
}
