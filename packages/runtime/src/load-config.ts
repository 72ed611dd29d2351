import { ValetError } from "@valet/contracts";
import type { z } from "zod";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a process's configuration. An empty variable counts as absent, so `NAME=` in a file of
 * variables means the default.
 *
 * @throws ValetError `CONFIG_INVALID` that lists every fault as `VARIABLE: problem`, never a value.
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: Environment,
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;

  const faults = parsed.error.issues.map((issue) => describeFault(issue, given));
  throw new ValetError(
    "CONFIG_INVALID",
    [
      "The configuration is not valid, so nothing was started. Correct these variables:",
      ...faults.map((fault) => `  ${fault.variable}: ${fault.problem}`),
    ].join("\n"),
    { variables: [...new Set(faults.map((fault) => fault.variable))] },
  );
}

function describeFault(
  issue: z.core.$ZodIssue,
  given: Environment,
): { variable: string; problem: string } {
  const [first] = issue.path;
  if (first === undefined) return { variable: "(together)", problem: withoutValues(issue, given) };
  const variable = String(first);
  if (given[variable] === undefined && issue.code !== "custom") {
    return { variable, problem: "is missing" };
  }
  return { variable, problem: withoutValues(issue, given) };
}

/** A refinement's own message may quote what it was given; zod's do not. */
function withoutValues(issue: z.core.$ZodIssue, given: Environment): string {
  const quotesValue = Object.entries(given).some(
    ([name, value]) =>
      value !== undefined &&
      (issue.path.length === 0 ? name in given : name === String(issue.path[0])) &&
      value.length > 3 &&
      issue.message.includes(value),
  );
  return quotesValue ? "has a value that is not allowed" : issue.message;
}
