import { TaskState } from "@valet/contracts";
import { type Command, InvalidArgumentError, Option } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { taskTable } from "../render/task-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface TasksOptions {
  readonly state?: TaskState;
  readonly limit: number;
  readonly cursor?: string;
}

export function addTasksVerb(program: Command, run: RunVerb): void {
  program
    .command("tasks")
    .description("list applications, newest first")
    .addOption(new Option("--state <state>", "only those in this state").choices(TaskState.options))
    .option("--limit <count>", "how many, 1 to 100", parseLimit, 25)
    .option("--cursor <cursor>", "go on where an earlier list ended")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet tasks --state awaiting_review"))
    .action((options: TasksOptions) => run((deps) => listTasks(deps, options)));
}

async function listTasks(deps: VerbDeps, options: TasksOptions): Promise<VerbResult> {
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

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new InvalidArgumentError("It is a whole number from 1 to 100.");
}
