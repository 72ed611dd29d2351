import { fillPage, planValues, readForm } from "@valet/forms";
import { round } from "../bench-report.ts";
import { percentile } from "../percentile.ts";
import type { ScoreDeps, ScoreRow } from "./form-score.ts";

const fields = 25;
const fillings = 11;

/** Median time of filling 25 plain fields, reading them back included, in a browser that is warm. */
export async function measureFillingSpeed(
  { openBrowser }: ScoreDeps,
  signal: AbortSignal,
): Promise<{ readonly row: ScoreRow; readonly samples: readonly number[] }> {
  const browser = await openBrowser({ javaScript: true });
  try {
    const { page, close } = await browser.open("data:text/html,<title>25 fields</title>", signal);
    const samples: number[] = [];
    for (let filling = 0; filling < fillings; filling += 1) {
      await page.setContent(formOf(fields));
      const form = await readForm(page, signal);
      const { plan } = planValues({ fields: form.fields, values: valuesFor(fields) });
      const startedAt = performance.now();
      const report = await fillPage({ page, form, plan, files: {} }, signal);
      // The first warms the page up.
      if (filling > 0) samples.push(round(performance.now() - startedAt));
      if (report.fields.filter(({ ok }) => ok).length !== fields) {
        throw new Error("The measured form did not take all its values.");
      }
    }
    await close();
    const what = `filling ${fields} plain fields p50`;
    const value = round(percentile(samples, 0.5));
    return { row: { what, value, unit: "ms", floor: 150, bound: "most" }, samples };
  } finally {
    await browser.close();
  }
}

function valuesFor(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const value = index % 5 === 0 ? "Second choice" : `Answer ${index}`;
      return [`Question ${index} about your work`, value];
    }),
  );
}

function formOf(count: number): string {
  const boxes = Array.from({ length: count }, (_, index) => {
    const label = `<label for="f${index}">Question ${index} about your work</label>`;
    const control =
      index % 5 === 0
        ? `<select id="f${index}"><option value="">Select…</option><option>First choice</option><option>Second choice</option></select>`
        : index % 5 === 1
          ? `<textarea id="f${index}"></textarea>`
          : `<input id="f${index}">`;
    return `<div>${label}${control}</div>`;
  });
  return `<main><form method="post">${boxes.join("")}<button>Submit application</button></form></main>`;
}
