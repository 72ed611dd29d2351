import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addCancelVerb(program: Command, run: RunVerb): void {
  program
    .command("cancel")
    .description("stop an application that has not been sent")
    .argument("<id>", "the application, as `valet tasks` lists it")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet cancel 4d3c2b1a-0000-4000-8000-000000000000"))
    .action((id: string) => run((deps) => cancel(deps, id)));
}

async function cancel(deps: VerbDeps, taskId: string): Promise<VerbResult> {
  const client = await connectApi(deps);
  const task = await client.cancelTask(taskId, deps.context.signal);
  deps.output.print(`${task.id} is ${task.state}. Nothing was sent.`);
  return {
    exitCode: exitCodes.done,
    json: { taskId: task.id, state: task.state, outcome: task.outcome },
  };
}
