import { readForm } from "@valet/forms";
import { round } from "../bench-report.ts";
import { percentile } from "../percentile.ts";
import type { ScoreDeps, ScoreRow } from "./form-score.ts";

const fields = 60;
const readings = 15;

/** Median time of reading a page of 60 fields in a browser that is warm. */
export async function measureReadingSpeed(
  { openBrowser }: ScoreDeps,
  signal: AbortSignal,
): Promise<{ readonly row: ScoreRow; readonly samples: readonly number[] }> {
  const browser = await openBrowser({ javaScript: true });
  try {
    const { page, close } = await browser.open("data:text/html,<title>60 fields</title>", signal);
    await page.setContent(formOf(fields));
    await readForm(page, signal);
    const samples: number[] = [];
    for (let reading = 0; reading < readings; reading += 1) {
      const startedAt = performance.now();
      await readForm(page, signal);
      samples.push(round(performance.now() - startedAt));
    }
    await close();
    const what = `reading a page of ${fields} fields p50`;
    const value = round(percentile(samples, 0.5));
    return { row: { what, value, unit: "ms", floor: 150, bound: "most" }, samples };
  } finally {
    await browser.close();
  }
}

/** Lines, lists, choices and long texts in turn, each in a box of its own as application forms have them. */
function formOf(count: number): string {
  const boxes = Array.from({ length: count }, (_, index) => {
    const id = `field-${index}`;
    const question = `<label for="${id}">Question ${index} about your work</label>`;
    switch (index % 4) {
      case 0:
        return `<div>${question}<input id="${id}" name="${id}" required></div>`;
      case 1:
        return `<div>${question}<select id="${id}" name="${id}"><option value="">Select…</option>${"<option>One choice</option>".repeat(20)}</select></div>`;
      case 2:
        return `<fieldset><legend>Question ${index}?</legend><label><input type="radio" name="${id}" value="1">Yes</label><label><input type="radio" name="${id}" value="0">No</label></fieldset>`;
      default:
        return `<div>${question}<textarea id="${id}" name="${id}"></textarea></div>`;
    }
  });
  return `<main><h1>Apply</h1><form method="post">${boxes.join("")}<button>Submit application</button></form></main>`;
}
