import { everyCaseOr } from "@valet/testkit";
import { expect, test } from "vitest";
import { openOfflineBrowser } from "../../offline/open-offline-browser.ts";
import { corporaFolder } from "./corpora-folder.ts";
import type { ScoreDeps, SetScore } from "./form-score.ts";
import { scoreAtsPages } from "./score-ats-pages.ts";
import { scoreDdgForms } from "./score-ddg-forms.ts";
import { scoreFormasaurus } from "./score-formasaurus.ts";

const { signal } = new AbortController();
const corpora = await corporaFolder(process.env["VALET_CORPORA"]);
const sample = everyCaseOr<{ readonly sample?: number }>({}, { sample: 10 });
const place = { chromium: "/usr/lib/chromium/chromium", cwd: "/", network: false };
const deps: ScoreDeps = {
  openBrowser: ({ javaScript }) => openOfflineBrowser({ ...place, javaScript }, signal),
};

const mark = corpora === undefined ? "SKIPPED, the development corpora are absent: " : "";
const input = { corpora: corpora ?? "", ...sample };
const limitMs = 900_000;

function expectFloors({ rows, cases }: SetScore): void {
  const floors = rows.filter(({ floor }) => floor !== null);
  expect(floors.length).toBeGreaterThan(0);
  for (const { what, value, floor, bound } of floors) {
    const isHeld = bound === "least" ? value >= (floor ?? 0) : value <= (floor ?? 0);
    expect({ what, value, isHeld, cases: isHeld ? [] : cases }).toMatchObject({ isHeld: true });
  }
}

test.skipIf(corpora === undefined)(
  `${mark}captured application pages are read completely and rightly`,
  async () => {
    const score = await scoreAtsPages(deps, input, signal);
    expect(score.rows).toHaveLength(4);
    expectFloors(score);
  },
  limitMs,
);

test.skipIf(corpora === undefined)(
  `${mark}fields of sign-up and checkout pages mean what people said they mean`,
  async () => {
    expectFloors(await scoreDdgForms(deps, input, signal));
  },
  limitMs,
);

test.skipIf(corpora === undefined)(
  `${mark}fields in many languages mean what people said, traps stay empty`,
  async () => {
    expectFloors(await scoreFormasaurus(deps, input, signal));
  },
  limitMs,
);
