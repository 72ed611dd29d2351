import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { sessionTable } from "../render/session-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addSessionsVerb(program: Command, run: RunVerb): void {
  program
    .command("sessions")
    .description("list live browsers: whose, how old, how big, who drives (for admins)")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet sessions", "valet sessions --json"))
    .action(() => run(listSessions));
}

async function listSessions(deps: VerbDeps): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const overview = await client.listSessions(context.signal);
  output.print(sessionTable({ overview, colors: output.colors }));
  return { exitCode: exitCodes.done, json: overview };
}
