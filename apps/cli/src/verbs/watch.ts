import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { followToEnd } from "../api/follow-to-end.ts";
import { reportFollowed } from "../api/report-followed.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addWatchVerb(program: Command, run: RunVerb): void {
  program
    .command("watch")
    .description("follow an application until it ends or waits for you")
    .argument("<id>", "the application, as `valet tasks` lists it")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet watch 4d3c2b1a-0000-4000-8000-000000000000"))
    .action((id: string) => run((deps) => watch(deps, id)));
}

async function watch(deps: VerbDeps, taskId: string): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const outcome = await followToEnd({ client, output }, { taskId }, context.signal);
  return reportFollowed(output, outcome);
}
