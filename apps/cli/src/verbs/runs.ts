import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { runTree } from "../render/run-tree.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addRunsVerb(program: Command, run: RunVerb): void {
  program
    .command("runs")
    .description("show the run of an application step by step, with times")
    .argument("<task>", "the application, as `valet tasks` lists it")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet runs 4d3c2b1a-0000-4000-8000-000000000000"))
    .action((task: string) => run((deps) => showRun(deps, task)));
}

async function showRun(deps: VerbDeps, taskId: string): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const shown = await client.getRun(taskId, context.signal);
  output.print(runTree({ run: shown, colors: output.colors }));
  return { exitCode: exitCodes.done, json: { taskId, ...shown } };
}
