import type { AnswersInAdvance } from "@valet/contracts";
import { CsvError, parse } from "csv-parse/sync";

/** A job as a row of a file names it. */
export interface ListedJob {
  /** In the file, from 1 on. */
  readonly row: number;
  readonly jobUrl: string;
  readonly answers: AnswersInAdvance;
}

/** A row that names no job, and why. */
export interface FaultyRow {
  readonly row: number;
  readonly problem: string;
}

export interface JobList {
  readonly jobs: readonly ListedJob[];
  readonly faults: readonly FaultyRow[];
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const answerPrefix = /^answer:\s*/i;

/**
 * Reads a CSV file of jobs: the column `url`, and for answers in advance columns `answer:<question>`; others
 * are not looked at. A file whose first line is an address is a list of addresses. A row that is wrong is
 * told by its line, and the others are taken.
 */
export function readJobList(text: string): JobList {
  const faults: FaultyRow[] = [];
  const [first, ...rest] = readRows(text, faults);
  if (first === undefined) return { jobs: [], faults };
  if (first.record[0] !== undefined && /^https?:/i.test(first.record[0])) {
    const jobs = [first, ...rest].map(({ record, info }) => ({
      row: info.lines,
      jobUrl: record[0] ?? "",
      answers: [],
    }));
    return { jobs, faults };
  }
  const head = first.record;
  const urlAt = head.findIndex((name) => name.toLowerCase() === "url");
  if (urlAt === -1) {
    return { jobs: [], faults: [{ row: first.info.lines, problem: "there is no column `url`" }] };
  }
  const jobs = rest.flatMap(({ record, info: { lines: row } }): ListedJob[] => {
    const jobUrl = record[urlAt] ?? "";
    if (record.length !== head.length) {
      const problem = `it has ${record.length} columns, the first line has ${head.length}`;
      faults.push({ row, problem });
      return [];
    }
    if (jobUrl === "") {
      faults.push({ row, problem: "its url is empty" });
      return [];
    }
    return [{ row, jobUrl, answers: answersOf(head, record) }];
  });
  return { jobs, faults: faults.toSorted((one, other) => one.row - other.row) };
}

function answersOf(head: readonly string[], record: readonly string[]): AnswersInAdvance {
  return head.flatMap((name, at) => {
    const answer = record[at] ?? "";
    return answerPrefix.test(name) && answer !== ""
      ? [{ question: name.replace(answerPrefix, ""), answer }]
      : [];
  });
}

/** Quotes may hold lines of their own; in a file where they do not add up, each line stands for itself. */
function readRows(text: string, faults: FaultyRow[]): readonly Row[] {
  const whole = tryRead(text);
  if (whole.kind === "read") return whole.rows;
  return text.split(/\r?\n/).flatMap((line, index) => {
    const row = index + 1;
    const read = tryRead(line);
    if (read.kind === "read")
      return read.rows.map(({ record }) => ({ record, info: { lines: row } }));
    faults.push({ row, problem: `it is not CSV (${read.code})` });
    return [];
  });
}

function tryRead(
  text: string,
):
  | { readonly kind: "read"; readonly rows: readonly Row[] }
  | { readonly kind: "faulty"; readonly code: string } {
  const options = { bom: true, info: true, trim: true, relax_column_count: true } as const;
  try {
    // With `info` each record comes with where it stood.
    const rows = parse(text, { ...options, skip_empty_lines: true }) as unknown as Row[];
    return { kind: "read", rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { kind: "faulty", code: error.code };
  }
}
