import { assemble } from "../assemble.ts";
import { type Sourced, sourced } from "../facts/sourced.ts";
import type { ParsedResume } from "../json-resume.ts";
import type { TextLine } from "../layout/text-document.ts";
import type { LabelledResume, Reference } from "./labelled-resume.ts";
import type { AskForLabels, LabelQuestion } from "./refine-resume.ts";

/** Lines one below the other on the first page of a PDF. Tests only. */
export function linesFrom(texts: readonly string[]): readonly TextLine[] {
  return texts.map((text, index) => ({
    place: { page: 1 },
    box: { left: 50, top: 20 * index, right: 500, bottom: 20 * index + 12 },
    text,
    cells: [],
    edge: 500,
    isBullet: false,
    gapAbove: 1,
    isMarkedHeading: false,
  }));
}

/** A value as a rule reads it from the line with this number, counted from 1. */
export function readAt(
  lines: readonly TextLine[],
  number: number,
  value: string,
  confidence: number,
): Sourced {
  const line = lines[number - 1];
  if (line === undefined) throw new Error("There is no such line.");
  return sourced(value, line, value, confidence);
}

export const nothingRead: ParsedResume = assemble({});

/** As a model refers to words. */
export function words(line: number, text: string): Reference {
  return { line, words: text };
}

/** An answer with these labels and no others. */
export function labels(some: Partial<LabelledResume>): LabelledResume {
  return { basics: {}, work: [], education: [], skills: [], languages: [], ...some };
}

/** A model that answers this to everything, and what it was asked. */
export function answering(value: unknown): {
  readonly ask: AskForLabels;
  readonly asked: readonly LabelQuestion[];
} {
  const asked: LabelQuestion[] = [];
  return {
    asked,
    ask: (question) => {
      asked.push(question);
      return Promise.resolve({ kind: "answered", value });
    },
  };
}

/** What stands at the ends of a résumé, by JSON pointer. */
export function leavesOf(value: unknown, pointer = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[pointer, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, `${pointer}/${name}`));
}
