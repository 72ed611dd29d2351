import { createUserRoute } from "@valet/contracts";
import { type Command, InvalidArgumentError } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface AddOptions {
  readonly admin?: true;
}

export function addUserVerb(program: Command, run: RunVerb): void {
  const user = program
    .command("user")
    .description("the people who use this Valet")
    .addHelpText("after", exampleText("valet user add ada"));
  user
    .command("add")
    .description("add a user and print the API key, which is shown only this once")
    .argument("<name>", "small letters, digits, dot, dash and underscore", parseName)
    .option("--admin", "may add users and see operations")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet user add ada"))
    .action((name: string, options: AddOptions) => run((deps) => addUser(deps, name, options)));
}

async function addUser(deps: VerbDeps, name: string, { admin }: AddOptions): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const role = admin === true ? "admin" : "user";
  const user = await client.createUser({ name, role }, context.signal);
  output.print(`${user.name} (${user.role}) was added. Their key, shown only now:`);
  output.print(user.apiKey);
  return { exitCode: exitCodes.done, json: user };
}

function parseName(text: string): string {
  if (createUserRoute.schema.body.shape.name.safeParse(text).success) return text;
  throw new InvalidArgumentError(
    "It starts with a small letter or digit and holds only these, dot, dash and underscore.",
  );
}
