import { Profile } from "@valet/contracts";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { readJsonFile } from "../read-json-file.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addProfileVerb(program: Command, run: RunVerb): void {
  const profile = program
    .command("profile")
    .description("the facts your applications are filled from (JSON Resume plus `application`)")
    .addHelpText(
      "after",
      exampleText("valet profile set profile.json", "valet profile show --json"),
    );
  profile
    .command("show")
    .description("print the stored profile")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet profile show > profile.json"))
    .action(() => run(showProfile));
  profile
    .command("set")
    .description("replace the stored profile")
    .argument("<file>", "a JSON file")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet profile set profile.json"))
    .action((file: string) => run((deps) => setProfile(deps, file)));
}

async function showProfile(deps: VerbDeps): Promise<VerbResult> {
  const client = await connectApi(deps);
  const profile = await client.getProfile(deps.context.signal);
  deps.output.print(JSON.stringify(profile, null, 2));
  return { exitCode: exitCodes.done, json: profile };
}

async function setProfile(deps: VerbDeps, path: string): Promise<VerbResult> {
  const { context, output } = deps;
  const wanted = await readJsonFile(Profile, { path, cwd: context.cwd });
  const client = await connectApi(deps);
  const profile = await client.putProfile(wanted, context.signal);
  output.print("The profile was stored. Applications that start from now on use it.");
  return { exitCode: exitCodes.done, json: profile };
}
