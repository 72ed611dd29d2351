import { createInterface } from "node:readline/promises";
import type { CliContext } from "./cli-context.ts";

/** Asks on the terminal; the question goes to standard error. Only `y` and `yes` mean yes. */
export async function askYesNo(context: CliContext, question: string): Promise<boolean> {
  const lines = createInterface({ input: context.stdin, terminal: false });
  try {
    context.stderr.write(`${question} [y/N] `);
    const answer = await lines.question("", { signal: context.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
