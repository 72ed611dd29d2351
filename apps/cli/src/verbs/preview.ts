import type { TaskPreview } from "@valet/contracts";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { previewView } from "../render/preview-view.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addPreviewVerb(program: Command, run: RunVerb): void {
  program
    .command("preview")
    .argument("<url>", "the job")
    .description("whether a job is open and what its form would ask, without a browser")
    .option(...jsonOption)
    .addHelpText(
      "after",
      `
Nothing is started or stored, and the site is told nothing of you. The questions are those that the site
publishes of its form; where it publishes none they show once you apply. Exit code 1: nobody can apply there.
${exampleText("valet preview https://job-boards.greenhouse.io/northwind/jobs/71001")}`,
    )
    .action((url: string) => run((deps) => preview(deps, url)));
}

async function preview(deps: VerbDeps, url: string): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const seen = await client.previewTask(url, context.signal);
  output.print(previewView(seen));
  return { exitCode: canApply(seen) ? exitCodes.done : exitCodes.failed, json: seen };
}

function canApply({ liveness }: TaskPreview): boolean {
  return liveness !== "closed" && liveness !== "missing";
}
