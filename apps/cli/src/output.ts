import pc from "picocolors";
import type { OutStream } from "./cli-context.ts";

export type Colors = ReturnType<typeof pc.createColors>;

/** Where each kind of text goes, so that with `--json` standard output stays one document. */
export interface Output {
  readonly json: boolean;
  /** What the person asked for: standard output; nothing with `--json`. */
  readonly print: (text: string) => void;
  /** Remarks beside the result: standard error. */
  readonly note: (text: string) => void;
  /** What happens meanwhile: standard output, with `--json` standard error. */
  readonly progress: OutStream;
  /** For text on standard output. */
  readonly colors: Colors;
  /** For text on the progress stream. */
  readonly progressColors: Colors;
  /** For text on standard error. */
  readonly noteColors: Colors;
  /** The one document of `--json`; nothing without it. */
  readonly document: (value: unknown) => void;
}

export interface OutputInput {
  readonly stdout: OutStream;
  readonly stderr: OutStream;
  readonly json: boolean;
  readonly noColor: boolean;
}

export function createOutput({ stdout, stderr, json, noColor }: OutputInput): Output {
  const colorsFor = (stream: OutStream) => pc.createColors(!noColor && stream.isTTY === true);
  const progress = json ? stderr : stdout;
  return {
    json,
    print: (text) => void (json || stdout.write(`${text}\n`)),
    note: (text) => void stderr.write(`${text}\n`),
    progress,
    colors: colorsFor(stdout),
    progressColors: colorsFor(progress),
    noteColors: colorsFor(stderr),
    document: (value) => void (json && stdout.write(`${JSON.stringify(value)}\n`)),
  };
}
