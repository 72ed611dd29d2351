import { ValetError } from "@valet/contracts";
import { openOfflineBrowser } from "../../offline/open-offline-browser.ts";
import type { VerbDeps } from "../../verb.ts";
import { type BenchReport, benchRow } from "../bench-report.ts";
import { confidenceBins } from "./confidence-bins.ts";
import { corporaFolder } from "./corpora-folder.ts";
import type { ScoreCase, ScoreDeps, ScoreInput, SetScore } from "./form-score.ts";
import { measureFillingSpeed } from "./measure-filling-speed.ts";
import { measureReadingSpeed } from "./measure-reading-speed.ts";
import { scoreAtsPages } from "./score-ats-pages.ts";
import { scoreCaptcha } from "./score-captcha.ts";
import { scoreDdgForms } from "./score-ddg-forms.ts";
import { scoreFormasaurus } from "./score-formasaurus.ts";
import { scoreFormfactory } from "./score-formfactory.ts";
import { scoreScreeningQuestions } from "./score-screening-questions.ts";

export interface FormsReport extends BenchReport {
  /** The ten worst cases, taken in turn from the sets. */
  readonly worst: readonly ScoreCase[];
}

type Scorer = (deps: ScoreDeps, input: ScoreInput, signal: AbortSignal) => Promise<SetScore>;

/** Every set of the development corpora, each scored on its own. */
export const scorers: Readonly<Record<string, Scorer>> = {
  "ats-real-pages": scoreAtsPages,
  "ddg-test-forms": scoreDdgForms,
  "formasaurus-subset": scoreFormasaurus,
  formfactory: scoreFormfactory,
  captcha: scoreCaptcha,
  "screening-questions": (_deps, input) => scoreScreeningQuestions(input),
};

const quickSample = 12;
const shownCases = 10;

/**
 * Scores reading, answering and filling on material with known answers.
 *
 * @throws ValetError `USAGE` when this machine has no corpora.
 */
export async function measureForms(
  { config, context, output }: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<FormsReport> {
  const corpora = await corporaFolder(config.VALET_CORPORA);
  if (corpora === undefined) {
    throw new ValetError(
      "USAGE",
      "The development corpora are not on this machine, so there is nothing to measure on. Set VALET_CORPORA to their folder.",
    );
  }
  const place = { chromium: config.VALET_CHROMIUM, cwd: context.cwd, network: false };
  const deps: ScoreDeps = {
    openBrowser: ({ javaScript }) => openOfflineBrowser({ ...place, javaScript }, signal),
  };
  const scores: SetScore[] = [];
  for (const [set, score] of Object.entries(scorers)) {
    scores.push(
      await score(deps, { corpora, ...(isQuick ? { sample: quickSample } : {}) }, signal),
    );
    output.progress.write(`${set} scored\n`);
  }
  const speed = await measureReadingSpeed(deps, signal);
  const filling = await measureFillingSpeed(deps, signal);
  const certainties = scores.flatMap((score) => score.certainties ?? []);
  const rows = [
    ...scores.flatMap((score) => score.rows),
    speed.row,
    filling.row,
    ...confidenceBins(certainties),
  ];
  return {
    name: "forms",
    rows: rows.map(({ bound, ...row }) =>
      benchRow({ ...row, ...(bound === "least" ? { bound } : {}) }),
    ),
    samples: { [speed.row.what]: speed.samples, [filling.row.what]: filling.samples },
    worst: inTurn(scores.map(({ cases }) => cases)).slice(0, shownCases),
  };
}

/** The first of each list, then the second of each, and so on. */
function inTurn<Entry>(lists: readonly (readonly Entry[])[]): Entry[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}
