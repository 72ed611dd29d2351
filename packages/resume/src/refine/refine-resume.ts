import type { DocumentLine } from "@valet/contracts";
import type { ParsedResume } from "../json-resume.ts";
import { oneSpace } from "./find-span.ts";
import { LabelledResume, labelPrompt } from "./labelled-resume.ts";
import { mergeLabels } from "./merge-labels.ts";
import { readLabels } from "./read-labels.ts";

/** A question as `ask` of a model takes it. */
export interface LabelQuestion {
  readonly system: string;
  readonly text: string;
  readonly schema: typeof LabelledResume;
  readonly maxOutputTokens: number;
}

/** What came of it. The value is not believed, but looked at. */
export interface LabelAnswer {
  /** `answered`, or why not. */
  readonly kind: string;
  readonly value?: unknown;
  readonly usage?: ModelUsage;
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type AskForLabels = (question: LabelQuestion, signal: AbortSignal) => Promise<LabelAnswer>;

export interface RefineInput {
  /** What was read by rule. */
  readonly parsed: ParsedResume;
  /** Of the same document, in reading order. */
  readonly lines: readonly DocumentLine[];
}

export interface RefinedResume {
  readonly parsed: ParsedResume;
  /** The model found something that was missing, or was less than sure. */
  readonly isRefined: boolean;
  /** `answered`; what the model's answer was otherwise; `not_asked` about nothing and about too much. */
  readonly outcome: string;
  /** References to words that do not stand where the model says. */
  readonly dropped: number;
  readonly usage?: ModelUsage;
}

const mostLines = 1_500;
const mostBytes = 200_000;
const maxOutputTokens = 8_000;

/**
 * Lets a model read over what was parsed. It may choose words of the document and say what they are, no more:
 * words that do not stand in the very line they are said to stand in are thrown away, dates are read by rule, and
 * what the rules were sure of stands (`mergeLabels` says how). Without an answer everything stays as it was.
 *
 * @throws The signal's reason when it is aborted; whatever `ask` throws.
 */
export async function refineResume(
  { parsed, lines }: RefineInput,
  ask: AskForLabels,
  signal: AbortSignal,
): Promise<RefinedResume> {
  signal.throwIfAborted();
  const texts = lines.map(({ text }) => oneSpace(text));
  const text = texts.map((line, index) => `${index + 1}: ${line}`).join("\n");
  const asItWas = { parsed, isRefined: false, dropped: 0 };
  if (lines.length === 0 || lines.length > mostLines || Buffer.byteLength(text) > mostBytes) {
    return { ...asItWas, outcome: "not_asked" };
  }
  const question = { system: labelPrompt, text, schema: LabelledResume, maxOutputTokens };
  const { kind, value, usage } = await ask(question, signal);
  signal.throwIfAborted();
  const cost = usage === undefined ? {} : { usage };
  if (kind !== "answered") return { ...asItWas, ...cost, outcome: kind };
  const labels = LabelledResume.safeParse(value);
  if (!labels.success) return { ...asItWas, ...cost, outcome: "malformed" };
  const found = readLabels(labels.data, texts);
  const merged = mergeLabels(parsed, found, lines);
  return { ...merged, ...cost, outcome: kind, dropped: found.dropped };
}
