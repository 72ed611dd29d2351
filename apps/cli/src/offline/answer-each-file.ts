import { setTimeout as delay } from "node:timers/promises";
import { ValetError } from "@valet/contracts";
import { readPracticeHosts } from "@valet/runtime";
import type { VerbDeps, VerbResult } from "../verb.ts";
import { eachFile } from "./each-file.ts";
import { type OfflineBrowser, openOfflineBrowser, type Page } from "./open-offline-browser.ts";

export interface PageToAnswer {
  /** As the person wrote it. */
  readonly file: string;
  readonly page: Page;
  /** Says that the work gets on: the time for it starts anew. */
  readonly getsOn: () => void;
}

export interface AnswerEachFileInput<Answer extends object> {
  readonly files: readonly string[];
  /** `--no-js`: scripts stay off. */
  readonly javaScript: boolean;
  /** False with `--offline`. */
  readonly network: boolean;
  /** Requests that could change something at the site are not let out. */
  readonly isReadOnly?: boolean;
  /** Throws for an address that must not even be opened. */
  readonly assertAllowed?: (file: string) => void;
  /** What `--json` prints for one page, beside its `file`. */
  readonly answer: (opened: PageToAnswer, signal: AbortSignal) => Promise<Answer>;
  /** The same for people. */
  readonly render: (answer: Answer & { readonly file: string }) => string;
  /** Whether an answer, complete as it is, still tells of something that did not work: the exit code is 1. */
  readonly isFailure?: (answer: Answer) => boolean;
  /** Longest time for one page after it was opened, or last got on; by default what is left of 30 s for both. */
  readonly limitMs?: number;
}

const wholeLimitMs = 29_000;

/**
 * Opens each file in one browser and prints its answer, in order, one JSON document a line with `--json`.
 * A file that fails gives `{file, error}` and the exit code 1; the others are still answered.
 */
export async function answerEachFile<Answer extends object>(
  { config, context, output }: VerbDeps,
  input: AnswerEachFileInput<Answer>,
): Promise<VerbResult> {
  const { javaScript, network, isReadOnly = false } = input;
  const { VALET_CHROMIUM: chromium, VALET_BROWSER_USER: browserUser } = config;
  const practiceHosts = await readPracticeHosts(config.VALET_PRACTICE_HOSTS);
  const reach = { network, isReadOnly, practiceHosts };
  const place = { chromium, browserUser, cwd: context.cwd, javaScript, ...reach };
  const browser = await openOfflineBrowser(place, context.signal);
  try {
    return await eachFile({ context, output }, input.files, async (file) => {
      const answer = await answerFile(browser, { ...input, file }, context.signal);
      return {
        document: answer,
        text: input.render({ file, ...answer }),
        isFailure: input.isFailure?.(answer) === true,
      };
    });
  } finally {
    await browser.close();
  }
}

async function answerFile<Answer extends object>(
  browser: OfflineBrowser,
  { file, assertAllowed, answer, limitMs }: AnswerEachFileInput<Answer> & { file: string },
  signal: AbortSignal,
): Promise<Answer> {
  assertAllowed?.(file);
  const startedAt = performance.now();
  const { page, close } = await browser.open(file, signal);
  const limit = new AbortController();
  const openedMs = performance.now() - startedAt;
  const patience = { until: performance.now() + (limitMs ?? wholeLimitMs - openedMs) };
  const getsOn = (): void => {
    patience.until = performance.now() + (limitMs ?? wholeLimitMs);
  };
  try {
    return await Promise.race([
      answer({ file, page, getsOn }, AbortSignal.any([signal, limit.signal])),
      failAfter(patience, limit.signal),
    ]);
  } finally {
    limit.abort(new Error("This page has been answered."));
    await close();
  }
}

async function failAfter(
  patience: { readonly until: number },
  signal: AbortSignal,
): Promise<never> {
  while (performance.now() < patience.until) {
    await delay(patience.until - performance.now(), undefined, { signal });
  }
  throw new ValetError(
    "TIMEOUT",
    "The page kept its browser busy for too long, most likely with a script that never ends. Save the page and read the file with --no-js.",
  );
}
