import type { CliContext } from "./cli-context.ts";
import type { Config } from "./config.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Output } from "./output.ts";

export interface VerbDeps {
  readonly context: CliContext;
  readonly config: Config;
  readonly output: Output;
}

export interface VerbResult {
  readonly exitCode: ExitCode;
  /** The document of `--json`; undefined when the verb has written its document already. */
  readonly json: unknown;
}

/** Runs a verb's work with everything it may use and keeps what came of it. */
export type RunVerb = (work: (deps: VerbDeps) => Promise<VerbResult>) => Promise<void>;

export const jsonOption = ["--json", "print exactly one JSON document on standard output"] as const;

/** The example at the end of a verb's help. */
export function exampleText(...lines: readonly string[]): string {
  return `\nExample${lines.length > 1 ? "s" : ""}:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
