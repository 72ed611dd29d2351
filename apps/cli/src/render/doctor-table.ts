import type { CheckResult } from "../doctor/check-result.ts";
import type { Colors } from "../output.ts";

const checkWidth = 22;

/** One line a check, and below each that is not well the command that mends it. */
export function doctorTable(results: readonly CheckResult[], colors: Colors): string {
  return results
    .flatMap(({ check, state, message, fix }) => [
      `${iconOf(state, colors)} ${check.padEnd(checkWidth)} ${message}`,
      ...(fix === null ? [] : [`${" ".repeat(checkWidth + 3)}${colors.cyan("→")} ${fix}`]),
    ])
    .join("\n");
}

function iconOf(state: CheckResult["state"], colors: Colors): string {
  switch (state) {
    case "ok":
      return colors.green("✓");
    case "note":
      return colors.yellow("i");
    case "broken":
      return colors.red("✗");
  }
}
