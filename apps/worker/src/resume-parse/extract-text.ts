import { ParseFailure, isValetError } from "@valet/contracts";
import { keepParse } from "@valet/db";
import { objectNotFound } from "../resume-file.ts";
import type { WorkerDeps } from "../deps.ts";
import { type ResumeRun, findOwnTry } from "./find-own-try.ts";
import type { ParseStepOutput } from "./resume-step-result.ts";

/**
 * What the document says by rule, without a model. A document that cannot be read is an outcome; only what
 * time can mend is thrown.
 */
export async function extractText(
  deps: Pick<WorkerDeps, "db" | "store" | "parser">,
  run: ResumeRun,
  signal: AbortSignal,
): Promise<ParseStepOutput> {
  const tried = await findOwnTry(deps, run);
  if (tried === undefined) return { superseded: true };
  const { epoch } = tried;
  const stored = await deps.store.get(run.storageKey, signal);
  if (stored === undefined) throw objectNotFound(run.resumeId);
  try {
    const { parsed, lines } = await deps.parser.read(stored.body, signal);
    await keepParse(deps.db, tried, { parsed, lines, isRefined: false });
    return { epoch, values: Object.keys(parsed.sources).length };
  } catch (error) {
    if (!isValetError(error, "RESUME_UNREADABLE")) throw error;
    const failure = ParseFailure.catch("damaged").parse(error.details["reason"]);
    return { epoch, failure };
  }
}
