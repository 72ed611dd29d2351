import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Captcha, detectWalls } from "@valet/forms";
import { z } from "zod";
import {
  type ScoreCase,
  type ScoreDeps,
  type ScoreInput,
  type SetScore,
  sampleOf,
} from "./form-score.ts";
import { readingConcurrently } from "./read-concurrently.ts";

const set = "captcha";
const Manifest = z.object({ pages: z.record(z.string(), z.array(z.string())) });

interface Judged {
  readonly file: string;
  readonly marks: readonly string[];
  readonly captchas: readonly Captcha[];
}

/** Captchas of saved pages, scripts off: whether each vendor is found, and walls told from badges. */
export async function scoreCaptcha(
  deps: ScoreDeps,
  { corpora, sample }: ScoreInput,
  signal: AbortSignal,
): Promise<SetScore> {
  const truth = await readTruth(corpora);
  const files = sampleOf([...truth.keys()].toSorted(), sample && sample * 3);
  const judged = await readingConcurrently(
    deps,
    { files, folder: corpora },
    async ({ page, file }): Promise<Judged[]> => {
      const captchas = await detectWalls({ page }, signal);
      return [{ file, marks: truth.get(file) ?? [], captchas }];
    },
  );
  return scoreOf(judged);
}

/** Marks by file; pages of the other sets that the manifest leaves out have none. */
async function readTruth(corpora: string): Promise<Map<string, readonly string[]>> {
  const text = await readFile(join(corpora, set, "manifest.json"), "utf8");
  const { pages } = Manifest.parse(JSON.parse(text));
  const truth = new Map<string, readonly string[]>(Object.entries(pages));
  for (const name of await htmlIn(join(corpora, set, "pages"))) {
    const mark = name.startsWith("v3") ? "recaptcha-invisible-badge" : "recaptcha-widget";
    truth.set(`${set}/pages/${name}`, [mark]);
  }
  const others = ["ddg-test-forms/test-forms", "formasaurus-subset/html", "ats-real-pages/pages"];
  for (const folder of others) {
    for (const name of await htmlIn(join(corpora, folder))) {
      const file = `${folder}/${name}`;
      if (!truth.has(file)) truth.set(file, []);
    }
  }
  return truth;
}

async function htmlIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".html"));
}

function scoreOf(judged: readonly Judged[]): SetScore {
  const badges = judged.filter(({ marks }) => marks.includes("recaptcha-invisible-badge"));
  const calledWalls = badges.filter(({ captchas }) => isWall(captchas, "recaptcha"));
  const walls = judged.filter(({ marks }) => isWallBy(marks));
  const missed = walls.filter(({ captchas }) => !captchas.some(({ wall }) => wall));
  const marked = judged.filter(({ marks }) => marks.length > 0);
  const unseen = marked.filter(({ captchas }) => captchas.length === 0);
  const invented = judged.filter(
    ({ marks, captchas }) => marks.length === 0 && captchas.length > 0,
  );
  const found = marked.length - unseen.length;
  return {
    rows: [
      {
        what: `${set} a badge called a wall`,
        value: calledWalls.length,
        unit: "count",
        floor: 0,
        bound: "most",
      },
      {
        what: `${set} walls found`,
        value: ratio(walls.length - missed.length, walls.length),
        unit: "ratio",
        floor: 0.95,
        bound: "least",
      },
      {
        what: `${set} pages with a captcha found`,
        value: ratio(found, marked.length),
        unit: "ratio",
        floor: null,
        bound: "least",
      },
      {
        what: `${set} precision by page`,
        value: ratio(found, found + invented.length),
        unit: "ratio",
        floor: null,
        bound: "least",
      },
    ],
    cases: [
      ...calledWalls.map((one) => caseOf(one, "a badge")),
      ...missed.map((one) => caseOf(one, "a wall")),
      ...unseen.filter((one) => !missed.includes(one)).map((one) => caseOf(one, "a captcha")),
      ...invented.map((one) => caseOf(one, "none")),
    ],
  };
}

function isWall(captchas: readonly Captcha[], vendor: Captcha["vendor"]): boolean {
  return captchas.some((captcha) => captcha.wall && captcha.vendor === vendor);
}

/** Drawn in place and without the badge of the invisible kinds, or a field that people labelled so. */
function isWallBy(marks: readonly string[]): boolean {
  if (marks.includes("recaptcha-invisible-badge")) return false;
  const drawn = [
    "recaptcha-iframe",
    "recaptcha-widget",
    "recaptcha-response-textarea",
    "labelled-captcha-field",
  ];
  return marks.some((mark) => drawn.includes(mark));
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function caseOf({ file, captchas }: Judged, expected: string): ScoreCase {
  const found = captchas.map(
    ({ vendor, kind, wall, where }) => `${vendor} ${kind}${wall ? " wall" : ""} at ${where}`,
  );
  return { set, where: file, expected, found: found.join("; ").slice(0, 200) || "none" };
}
