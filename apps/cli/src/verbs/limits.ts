import type { LimitsOverview } from "@valet/contracts";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { parseLimitChanges } from "../api/parse-limit-changes.ts";
import { exitCodes } from "../exit-code.ts";
import { limitTable } from "../render/limit-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addLimitsVerb(program: Command, run: RunVerb): void {
  const limits = program
    .command("limits")
    .description("how many applications may run and start, and how much of that you have")
    .addHelpText("after", exampleText("valet limits", "valet limits set live=2 perDay=40"));
  limits
    .command("show", { isDefault: true })
    .description("show what you and everybody are kept to, and sites that are left alone")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet limits show", "valet limits --json"))
    .action(() => run(showLimits));
  limits
    .command("set")
    .description("keep yourself to less; as an admin, say what everybody is kept to")
    .argument("<changes...>", "KEY=VALUE; KEY= takes a limit away")
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet limits set live=1 perDay=40 timeZone=Europe/Oslo",
        "valet limits set perDay=",
        "valet limits set everybody.user.live=5 everybody.platforms.greenhouse.perDay=30",
        "valet limits set everybody.hosts.jobs.example.com.spacingSeconds=10",
      ),
    )
    .action((changes: string[]) => run((deps) => setLimits(deps, changes)));
}

async function showLimits(deps: VerbDeps): Promise<VerbResult> {
  const client = await connectApi(deps);
  return shown(deps, await client.getLimits(deps.context.signal));
}

async function setLimits(deps: VerbDeps, changes: readonly string[]): Promise<VerbResult> {
  const { signal } = deps.context;
  const client = await connectApi(deps);
  const body = parseLimitChanges(changes, await client.getLimits(signal));
  return shown(deps, await client.putLimits(body, signal));
}

function shown({ output }: VerbDeps, limits: LimitsOverview): VerbResult {
  output.print(limitTable({ limits, colors: output.colors }));
  return { exitCode: exitCodes.done, json: limits };
}
