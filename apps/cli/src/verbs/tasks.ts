import type { TaskFilter } from "@valet/client";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { taskTable } from "../render/task-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";
import { addFilterOptions } from "./filter-options.ts";

export function addTasksVerb(program: Command, run: RunVerb): void {
  const tasks = program.command("tasks").description("list applications, newest first");
  addFilterOptions(tasks)
    .option("--waiting", "only those that wait for you")
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet tasks --waiting",
        "valet tasks --state awaiting_review --since 2026-11-01",
      ),
    )
    .action((options: TaskFilter) => run((deps) => listTasks(deps, options)));
}

async function listTasks(deps: VerbDeps, options: TaskFilter): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const page = await client.listTasks(options, context.signal);
  if (page.tasks.length === 0)
    output.print("No applications here yet. Start one with `valet apply`.");
  else {
    const width = context.stdout.columns ?? 160;
    output.print(taskTable({ tasks: page.tasks, colors: output.colors, width }));
  }
  if (page.nextCursor !== null) output.note(`There are more: --cursor ${page.nextCursor}`);
  return { exitCode: exitCodes.done, json: page };
}
