import type { OfflineBrowser } from "../../offline/open-offline-browser.ts";

/** What every scorer gets. */
export interface ScoreDeps {
  /** A browser without network; the caller of it closes it. */
  readonly openBrowser: (input: { readonly javaScript: boolean }) => Promise<OfflineBrowser>;
}

export interface ScoreInput {
  /** Folder of the development corpora. */
  readonly corpora: string;
  /** Only this many pages or items of each set, spread over it; all when absent. */
  readonly sample?: number;
}

/** One measured figure of a set and what it has to reach. */
export interface ScoreRow {
  readonly what: string;
  readonly value: number;
  readonly unit: "ratio" | "count" | "ms";
  readonly floor: number | null;
  /** Whether the floor is the least or the most the value may be. */
  readonly bound: "least" | "most";
}

/** A place where reading or filling went wrong: file and element, never a value. */
export interface ScoreCase {
  readonly set: string;
  readonly where: string;
  readonly expected: string;
  readonly found: string;
}

export interface SetScore {
  readonly rows: readonly ScoreRow[];
  /** The worst first. */
  readonly cases: readonly ScoreCase[];
  /** How sure each answer was and whether it was right. */
  readonly certainties?: readonly Certainty[];
}

export interface Certainty {
  /** 0 to 1. */
  readonly confidence: number;
  readonly isRight: boolean;
}

/** Entries spread evenly over the whole. */
export function sampleOf<Entry>(entries: readonly Entry[], sample: number | undefined): Entry[] {
  if (sample === undefined || sample >= entries.length) return [...entries];
  return Array.from({ length: sample }, (_, index) => {
    const entry = entries[Math.floor((index * entries.length) / sample)];
    if (entry === undefined) throw new Error("A sample never reaches beyond its entries.");
    return entry;
  });
}
