import { Outcome, TaskMode, TaskState } from "@valet/contracts";
import { type Command, InvalidArgumentError, Option } from "commander";

/** What narrows a list of applications or of their runs, and which page of it. */
export function addFilterOptions(command: Command): Command {
  return addNarrowingOptions(command)
    .option("--limit <count>", "how many, 1 to 100", parseLimit, 25)
    .option("--cursor <cursor>", "go on where an earlier list ended");
}

/** Which applications are meant; all that are given must hold. */
export function addNarrowingOptions(command: Command): Command {
  return command
    .addOption(new Option("--state <state>", "only those in this state").choices(TaskState.options))
    .addOption(
      new Option("--outcome <outcome>", "only those with this outcome").choices(Outcome.options),
    )
    .addOption(new Option("--mode <mode>", "only those in this mode").choices(TaskMode.options))
    .option("--platform <site>", "only those on this system, such as greenhouse")
    .option("--batch <id>", "only those of this batch")
    .option("--text <words>", "only those with these words in the address or the job's title")
    .option("--since <time>", "only those made at this time or later", parseTime)
    .option("--until <time>", "only those made before this time", parseTime);
}

function parseTime(text: string): string {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new InvalidArgumentError("It is a time such as 2026-11-22 or 2026-11-22T08:30:00Z.");
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new InvalidArgumentError("It is a whole number from 1 to 100.");
}
