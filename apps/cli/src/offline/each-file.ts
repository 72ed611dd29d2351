import { describeError } from "../describe-error.ts";
import { exitCodes } from "../exit-code.ts";
import type { VerbDeps, VerbResult } from "../verb.ts";

/** What one file came to. */
export interface FileAnswer {
  /** What `--json` prints beside the file's name. */
  readonly document: object;
  /** The same for people. */
  readonly text: string;
  /** It tells of something that did not work, complete as it is. */
  readonly isFailure?: boolean;
}

/**
 * Answers each file, in order, one JSON document a line with `--json`. A file that fails gives
 * `{file, error}` and the exit code 1; the others are still answered.
 */
export async function eachFile(
  { context, output }: Pick<VerbDeps, "context" | "output">,
  files: readonly string[],
  answer: (file: string) => Promise<FileAnswer>,
): Promise<VerbResult> {
  let failures = 0;
  for (const file of files) {
    try {
      const { document, text, isFailure = false } = await answer(file);
      if (isFailure) failures += 1;
      output.document({ file, ...document });
      output.print(text);
    } catch (error) {
      context.signal.throwIfAborted();
      failures += 1;
      const { code, message } = describeError(error, context.signal);
      output.document({ file, error: { code, message } });
      if (!output.json) output.note(`${file}: ${code}: ${message}`);
    }
  }
  return { exitCode: failures === 0 ? exitCodes.done : exitCodes.failed, json: undefined };
}
