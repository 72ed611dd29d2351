import type { RunsFilter } from "@valet/client";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { runTable } from "../render/run-table.ts";
import { runTree } from "../render/run-tree.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";
import { addFilterOptions } from "./filter-options.ts";

export function addRunsVerb(program: Command, run: RunVerb): void {
  const runs = program
    .command("runs")
    .description("list runs, or show one step by step with its times")
    .argument("[task]", "the application whose run to show, as `valet tasks` lists it");
  addFilterOptions(runs)
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
