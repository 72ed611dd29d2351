import { everyCaseOr } from "@valet/testkit";
import { expect, test } from "vitest";
import { openOfflineBrowser } from "../../offline/open-offline-browser.ts";
import { corporaFolder } from "./corpora-folder.ts";
import type { ScoreDeps, SetScore } from "./form-score.ts";
import { scoreCaptcha } from "./score-captcha.ts";
import { scoreFormfactory } from "./score-formfactory.ts";

const { signal } = new AbortController();
const corpora = await corporaFolder(process.env["VALET_CORPORA"]);
const sample = everyCaseOr<{ sample?: number }>({}, { sample: 12 });
const deps: ScoreDeps = {
  openBrowser: ({ javaScript }) =>
    openOfflineBrowser(
      { chromium: "/usr/lib/chromium/chromium", cwd: "/", javaScript, network: false },
      signal,
    ),
};

const mark = corpora === undefined ? "SKIPPED, the development corpora are absent: " : "";
const limitMs = 900_000;

test.skipIf(corpora === undefined)(
  `${mark}values given by label fill whole forms`,
  async () => {
    expectFloors(await scoreFormfactory(deps, { corpora: corpora ?? "", ...sample }, signal));
  },
  limitMs,
);

test.skipIf(corpora === undefined)(
  `${mark}walls are found and badges are no walls`,
  async () => {
    expectFloors(await scoreCaptcha(deps, { corpora: corpora ?? "", ...sample }, signal));
  },
  limitMs,
);

function expectFloors({ rows, cases }: SetScore): void {
  const floors = rows.filter(({ floor }) => floor !== null);
  expect(floors.length).toBeGreaterThan(0);
  for (const { what, value, floor, bound } of floors) {
    const isHeld = bound === "least" ? value >= (floor ?? 0) : value <= (floor ?? 0);
    expect({ what, value, isHeld, cases: isHeld ? [] : cases }).toMatchObject({ isHeld: true });
  }
}
