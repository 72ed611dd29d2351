import type { Command } from "commander";
import { approveReview } from "../api/approve-review.ts";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface ApproveOptions {
  readonly set: readonly string[];
  readonly yes?: true;
  readonly digest?: string;
}

export function addApproveVerb(program: Command, run: RunVerb): void {
  program
    .command("approve")
    .description("show everything an application would send, and approve exactly that")
    .argument("<id>", "the application, as `valet tasks` lists it")
    .option("--set <fieldId=value>", "send this value instead; may be given again", collect, [])
    .option("--yes", "do not ask")
    .option("--digest <digest>", "do not ask, and approve only if the review has this digest")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet approve ID", "valet approve ID --set f3=Denver --yes"))
    .action((id: string, options: ApproveOptions) => run((deps) => approve(deps, id, options)));
}

async function approve(
  deps: VerbDeps,
  taskId: string,
  { set, yes, digest }: ApproveOptions,
): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const task = await client.getTask(taskId, context.signal);
  const outcome = await approveReview(
    { ...deps, client },
    { task, set, yes: yes === true, digest },
  );
  if (outcome.kind === "declined") {
    output.print(
      `Not approved; nothing was sent. It waits on. \`valet cancel ${taskId}\` ends it.`,
    );
    return { exitCode: exitCodes.waits, json: { taskId, approved: false } };
  }
  output.print(`${output.colors.green("Approved.")} Follow it with \`valet watch ${taskId}\`.`);
  return { exitCode: exitCodes.done, json: { approved: true, ...outcome.approval } };
}

function collect(pair: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, pair];
}
