import { type ResolveBody, StatedOutcome } from "@valet/contracts";
import { type Command, Option } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { usageError } from "../describe-error.ts";
import { exitCodes } from "../exit-code.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface ResolveOptions {
  readonly outcome?: StatedOutcome;
  readonly resubmit?: true;
  readonly acceptDuplicateRisk?: true;
}

export function addResolveVerb(program: Command, run: RunVerb): void {
  program
    .command("resolve")
    .description("say what became of an application that was sent without proof of its arrival")
    .argument("<id>", "the application, as `valet tasks` lists it")
    .addOption(
      new Option("--outcome <outcome>", "what became of it").choices(StatedOutcome.options),
    )
    .option("--resubmit", "have it sent once more although nobody knows whether it arrived")
    .option("--accept-duplicate-risk", "the employer may then get it twice, and that is all right")
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet resolve ID --outcome confirmed",
        "valet resolve ID --resubmit --accept-duplicate-risk",
      ),
    )
    .action((id: string, options: ResolveOptions) => run((deps) => resolve(deps, id, options)));
}

async function resolve(
  deps: VerbDeps,
  taskId: string,
  options: ResolveOptions,
): Promise<VerbResult> {
  const body = bodyOf(options);
  const client = await connectApi(deps);
  const { task, resubmission } = await client.resolveTask(taskId, body, deps.context.signal);
  deps.output.print(
    resubmission === null
      ? `${task.id} is ${task.state}: ${task.outcome ?? "open"}, as you said.`
      : `It is sent once more as ${resubmission.id}. Follow it with \`valet watch ${resubmission.id}\`.`,
  );
  return {
    exitCode: exitCodes.done,
    json: {
      taskId: task.id,
      state: task.state,
      outcome: task.outcome,
      resubmittedAs: resubmission?.id ?? null,
    },
  };
}

function bodyOf({ outcome, resubmit, acceptDuplicateRisk }: ResolveOptions): ResolveBody {
  const risk = acceptDuplicateRisk === undefined ? {} : { acceptDuplicateRisk };
  if (outcome !== undefined && resubmit === undefined) return { outcome, ...risk };
  if (outcome === undefined && resubmit !== undefined) return { resubmit, ...risk };
  throw usageError("Say what became of it with --outcome, or have it sent again with --resubmit.");
}
