import type { RunsFilter } from "@valet/client";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { runTable } from "../render/run-table.ts";
import { runTree } from "../render/run-tree.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";
import { type ActOptions, type RunWord, actOnRuns } from "./act-on-runs.ts";
import { addFilterOptions, addNarrowingOptions } from "./filter-options.ts";

export function addRunsVerb(program: Command, run: RunVerb): void {
  const runs = program
    .command("runs")
    .description("list runs, show one step by step, or act on many at once")
    .argument("[task]", "the application whose run to show, as `valet tasks` lists it")
    // Options behind a further word are that word's.
    .enablePositionalOptions();
  addFilterOptions(runs)
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet runs --outcome unconfirmed --since 2026-11-01",
        "valet runs 4d3c2b1a-0000-4000-8000-000000000000",
        "valet runs cancel --state queued --dry-run",
      ),
    )
    .action((task: string | undefined, options: RunsFilter) =>
      run((deps) => (task === undefined ? listRuns(deps, options) : showRun(deps, task))),
    );
  addFilterOptions(runs.command("list").description("list runs, the newest application first"))
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet runs list --state failed --limit 100"))
    .action((options: RunsFilter) => run((deps) => listRuns(deps, options)));
  addActVerb(runs, run, {
    word: "cancel",
    description: "stop applications that have not been sent",
    example: "valet runs cancel --platform greenhouse --since 2026-11-01",
  });
  addActVerb(runs, run, {
    word: "replay",
    description: "start applications once more that have ended and cannot have arrived",
    example: "valet runs replay --outcome not_submitted --since 2026-11-01",
  });
  addActVerb(runs, run, {
    word: "requeue",
    description: "after an outage: start applications again whose run was lost",
    example: "valet runs requeue --all",
  });
}

interface ActVerb {
  readonly word: RunWord;
  readonly description: string;
  readonly example: string;
}

function addActVerb(runs: Command, run: RunVerb, { word, description, example }: ActVerb): void {
  const verb = runs
    .command(word)
    .description(description)
    .argument(
      "[ids...]",
      "the applications, as `valet tasks` lists them; without, by what narrows",
    );
  addNarrowingOptions(verb)
    .option("--all", "all of them, where nothing narrows")
    .option("--dry-run", "only say how many it would be")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .addHelpText("after", exampleText(example, `valet runs ${word} --all --dry-run`))
    .action((ids: string[], options: ActOptions) =>
      run((deps) => actOnRuns(deps, { word, ids, options })),
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
