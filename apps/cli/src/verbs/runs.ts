import { Outcome, TaskState } from "@valet/contracts";
import type { RunsFilter } from "@valet/client";
import { type Command, InvalidArgumentError, Option } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { runTable } from "../render/run-table.ts";
import { runTree } from "../render/run-tree.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addRunsVerb(program: Command, run: RunVerb): void {
  program
    .command("runs")
    .description("list runs, or show one step by step with its times")
    .argument("[task]", "the application whose run to show, as `valet tasks` lists it")
    .addOption(new Option("--state <state>", "only those in this state").choices(TaskState.options))
    .addOption(
      new Option("--outcome <outcome>", "only those with this outcome").choices(Outcome.options),
    )
    .option("--platform <site>", "only those on this system, such as greenhouse")
    .option("--since <time>", "only those made at this time or later", parseTime)
    .option("--until <time>", "only those made before this time", parseTime)
    .option("--limit <count>", "how many, 1 to 100", parseLimit, 25)
    .option("--cursor <cursor>", "go on where an earlier list ended")
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet runs --outcome unconfirmed --since 2026-11-01",
        "valet runs 4d3c2b1a-0000-4000-8000-000000000000",
      ),
    )
    .action((task: string | undefined, options: RunsFilter) =>
      run((deps) => (task === undefined ? listRuns(deps, options) : showRun(deps, task))),
    );
}

async function showRun(deps: VerbDeps, taskId: string): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const shown = await client.getRun(taskId, context.signal);
  output.print(runTree({ run: shown, colors: output.colors }));
  return { exitCode: exitCodes.done, json: { taskId, ...shown } };
}

async function listRuns(deps: VerbDeps, options: RunsFilter): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const page = await client.listRuns(options, context.signal);
  const width = context.stdout.columns ?? 160;
  if (page.runs.length === 0) output.print("No runs here. Start one with `valet apply`.");
  else output.print(runTable({ runs: page.runs, colors: output.colors, width }));
  if (page.nextCursor !== null) output.note(`There are more: --cursor ${page.nextCursor}`);
  return { exitCode: exitCodes.done, json: page };
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
