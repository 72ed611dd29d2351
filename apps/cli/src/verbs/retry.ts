import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addRetryVerb(program: Command, run: RunVerb): void {
  program
    .command("retry")
    .description("start an application once more that was not sent, or that the site rejected")
    .argument("<id>", "the application, as `valet tasks` lists it")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet retry 4d3c2b1a-0000-4000-8000-000000000000"))
    .action((id: string) => run((deps) => retry(deps, id)));
}

async function retry(deps: VerbDeps, taskId: string): Promise<VerbResult> {
  const client = await connectApi(deps);
  const task = await client.retryTask(taskId, deps.context.signal);
  deps.output.print(`Started once more as ${task.id}. Follow it with \`valet watch ${task.id}\`.`);
  return {
    exitCode: exitCodes.done,
    json: { taskId: task.id, state: task.state, retryOf: taskId },
  };
}
