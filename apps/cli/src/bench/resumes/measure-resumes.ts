import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ValetError, toValetError } from "@valet/contracts";
import { type ParsedResume, type ResumeParser, createResumeParser } from "@valet/resume";
import type { VerbDeps } from "../../verb.ts";
import { type BenchReport, type BenchRow, benchRow } from "../bench-report.ts";
import { corporaFolder } from "../forms/corpora-folder.ts";
import type { ScoreCase } from "../forms/form-score.ts";
import { percentile } from "../percentile.ts";
import {
  type Counts,
  ResumeTruth,
  type ScoredField,
  addCounts,
  f1,
  precision,
  recall,
  scoreFields,
  scoredFields,
} from "./field-scores.ts";
import { measureHostileResumes } from "./measure-hostile-resumes.ts";
import { askPeer } from "./peer-parser.ts";

export interface ResumesReport extends BenchReport {
  /** Documents with the most wrong and missed values, the worst first; no value. */
  readonly worst: readonly ScoreCase[];
}

/** Of F1, as the mean over the sets: each counts as much as the other, whatever its size. */
const floors: Readonly<Record<ScoredField, number>> = {
  name: 0.97,
  email: 0.97,
  phone: 0.97,
  links: 0.97,
  work: 0.88,
  education: 0.88,
  skills: 0.85,
};
const leastAgreement = 0.9;
const mostMs = { pdf: 150, docx: 60 } as const;
const repeats = 5;
const shownCases = 10;

type Format = keyof typeof mostMs;

interface Scored {
  readonly set: string;
  readonly file: string;
  readonly format: Format;
  readonly fields: Partial<Record<ScoredField, Counts>>;
  readonly parsed: ParsedResume | undefined;
  readonly ms: readonly number[];
  /** How somebody else's parser did on it. */
  readonly peer?: {
    readonly fields: Partial<Record<ScoredField, Counts>>;
    readonly ms: number;
    readonly hasFailed: boolean;
  };
}

/**
 * Parses every résumé of the development corpora and compares it with what stands in it.
 *
 * @throws ValetError `USAGE` when this machine has no corpora.
 */
export async function measureResumes(
  { config, output }: VerbDeps,
  { isQuick, peer }: { readonly isQuick: boolean; readonly peer?: string },
  signal: AbortSignal,
): Promise<ResumesReport> {
  const corpora = await corporaFolder(config.VALET_CORPORA);
  if (corpora === undefined) {
    throw new ValetError(
      "USAGE",
      "The development corpora are not on this machine, so there is nothing to measure on. Set VALET_CORPORA to their folder.",
    );
  }
  const parser = createResumeParser();
  const scored: Scored[] = [];
  let hostile: readonly BenchRow[] = [];
  try {
    for (const set of await readdir(join(corpora, "resumes"))) {
      const folder = join(corpora, "resumes", set);
      for (const format of ["pdf", "docx"] as const) {
        for (const file of await filesIn(join(folder, format))) {
          const times = isQuick ? 1 : repeats;
          const one = { folder, set, format, file, times, ...(peer === undefined ? {} : { peer }) };
          scored.push(await score(parser, one, signal));
        }
      }
      output.progress.write(`${set} scored\n`);
    }
    const onFamily = (family: string) => output.progress.write(`hostile files: ${family}\n`);
    hostile = await measureHostileResumes(parser, { isQuick, onFamily }, signal);
  } finally {
    await parser.close();
  }
  const scores = report(scored);
  return { ...scores, rows: [...scores.rows, ...hostile] };
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch {
    // Not every set has both formats.
    return [];
  }
}

interface OneFile {
  readonly folder: string;
  readonly set: string;
  readonly format: Format;
  readonly file: string;
  readonly times: number;
  readonly peer?: string;
}

async function score(
  parser: ResumeParser,
  { folder, set, format, file, times, peer }: OneFile,
  signal: AbortSignal,
): Promise<Scored> {
  const bytes = await readFile(join(folder, format, file));
  const truth = await readTruth(folder, { format, file });
  const ms: number[] = [];
  let parsed: ParsedResume | undefined;
  for (let time = 0; time < times; time += 1) {
    const startedAt = performance.now();
    parsed = await parser.parse(bytes, signal).catch((error: unknown) => {
      if (toValetError(error).code !== "RESUME_UNREADABLE") throw error;
      return undefined;
    });
    ms.push(performance.now() - startedAt);
  }
  const read = ResumeTruth.parse(parsed?.resume ?? { basics: {} });
  const own = { set, file, format, fields: scoreFields(truth, read), parsed, ms };
  if (peer === undefined) return own;
  const asked = await askPeer(peer, join(folder, format, file), signal);
  const { ms: peerMs, hasFailed } = asked;
  return { ...own, peer: { fields: scoreFields(truth, asked.read), ms: peerMs, hasFailed } };
}

/** A DOCX may show less than the PDF of the same person, and then has a truth of its own. */
async function readTruth(
  folder: string,
  { format, file }: { readonly format: Format; readonly file: string },
): Promise<ResumeTruth> {
  const name = file.replace(/\.\w+$/u, ".json");
  const own = join(folder, `truth-${format}`, name);
  const text = await readFile(own, "utf8").catch(() =>
    readFile(join(folder, "truth", name), "utf8"),
  );
  return ResumeTruth.parse(JSON.parse(text));
}

function report(scored: readonly Scored[]): ResumesReport {
  const bySet = countsBySet(scored);
  const rows: BenchRow[] = scoredFields.flatMap((field) => {
    const each = bySet.flatMap(({ set, counts }) => {
      const own = counts[field];
      return own === undefined ? [] : [{ set, counts: own }];
    });
    const mean = meanF1(each.map(({ counts }) => counts));
    return [
      benchRow({
        what: `${field} F1`,
        value: hundredth(mean),
        unit: "ratio",
        floor: floors[field],
        bound: "least",
      }),
      ...each.flatMap(({ set, counts }) =>
        Object.entries({ F1: f1, precision, recall }).map(([what, figure]) =>
          benchRow({
            what: `${field} ${what}: ${set}`,
            value: hundredth(figure(counts)),
            unit: "ratio",
            floor: null,
          }),
        ),
      ),
    ];
  });
  rows.push(...peerRows(scored));
  const agreement = agreementOf(scored);
  const samples: Record<string, number[]> = {};
  for (const format of ["pdf", "docx"] as const) {
    const own = scored.filter((one) => one.format === format);
    const warm = own.flatMap(({ ms }) => ms.slice(1));
    const times = warm.length > 0 ? warm : own.flatMap(({ ms }) => ms);
    samples[`${format} parsed`] = times.map(Math.round);
    const value = Math.round(percentile(times, 0.5));
    rows.push(benchRow({ what: `${format} parsed p50`, value, floor: mostMs[format] }));
  }
  rows.push(
    benchRow({
      what: "PDF and DOCX agree",
      value: hundredth(agreement),
      unit: "ratio",
      floor: leastAgreement,
      bound: "least",
    }),
    benchRow({
      what: "documents refused",
      value: scored.filter(({ parsed }) => parsed === undefined).length,
      unit: "count",
      floor: 0,
    }),
  );
  return { name: "resumes", rows, samples, worst: worstOf(scored) };
}

function countsBySet(scored: readonly Pick<Scored, "set" | "fields">[]) {
  return [...new Set(scored.map(({ set }) => set))].map((set) => ({
    set,
    counts: countsOf(scored.filter((one) => one.set === set)),
  }));
}

function meanF1(each: readonly Counts[]): number {
  return each.reduce((sum, counts) => sum + f1(counts), 0) / Math.max(1, each.length);
}

/** The same figures of the parser that ran beside ours; nothing was promised for it. */
function peerRows(scored: readonly Scored[]): readonly BenchRow[] {
  const peers = scored.flatMap(({ set, peer }) => (peer === undefined ? [] : [{ set, ...peer }]));
  if (peers.length === 0) return [];
  const bySet = countsBySet(peers);
  const fields = scoredFields.map((field) => {
    const mean = meanF1(bySet.flatMap(({ counts }) => counts[field] ?? []));
    return benchRow({
      what: `${field} F1, peer`,
      value: hundredth(mean),
      unit: "ratio",
      floor: null,
    });
  });
  const ms = percentile(
    peers.map((peer) => peer.ms),
    0.5,
  );
  return [
    ...fields,
    benchRow({ what: "one document p50, peer", value: Math.round(ms), floor: null }),
    benchRow({
      what: "documents without an answer, peer",
      value: peers.filter(({ hasFailed }) => hasFailed).length,
      unit: "count",
      floor: null,
    }),
  ];
}

function countsOf(scored: readonly Pick<Scored, "fields">[]): Partial<Record<ScoredField, Counts>> {
  const sums: Partial<Record<ScoredField, Counts>> = {};
  for (const { fields } of scored) {
    for (const field of scoredFields) {
      const own = fields[field];
      if (own !== undefined) sums[field] = addCounts(sums[field], own);
    }
  }
  return sums;
}

/** F1 of all fields between the two formats of each résumé that has both. */
function agreementOf(scored: readonly Scored[]): number {
  const pairs = scored.flatMap((docx) => {
    if (docx.format !== "docx" || docx.parsed === undefined) return [];
    const stem = docx.file.replace(/\.docx$/u, "");
    const pdf = scored.find(({ set, file }) => set === docx.set && file === `${stem}.pdf`);
    if (pdf?.parsed === undefined) return [];
    const [one, other] = [pdf.parsed, docx.parsed].map(({ resume }) => ResumeTruth.parse(resume));
    return one === undefined || other === undefined ? [] : [scoreFields(one, other)];
  });
  const counts = pairs.flatMap((fields) => Object.values(fields));
  return f1(counts.reduce<Counts>(addCounts, { right: 0, wrong: 0, missed: 0 }));
}

function worstOf(scored: readonly Scored[]): readonly ScoreCase[] {
  return scored
    .flatMap(({ set, file, format, fields }) =>
      scoredFields.flatMap((field) => {
        const counts = fields[field];
        if (counts === undefined || counts.wrong + counts.missed === 0) return [];
        const { right, wrong, missed } = counts;
        return [
          {
            weight: wrong + missed,
            shown: {
              set,
              where: `${file} (${format}): ${field}`,
              expected: `${right + missed}`,
              found: `${right} right, ${wrong} wrong`,
            },
          },
        ];
      }),
    )
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, shownCases)
    .map(({ shown }) => shown);
}

function hundredth(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
