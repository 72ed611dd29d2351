import { CreateApiKeyBody, type NewApiKey, Scope, rotationOverlap } from "@valet/contracts";
import { type Command, InvalidArgumentError } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import type { Output } from "../output.ts";
import { keyTable } from "../render/key-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface AddOptions {
  readonly scopes: Scope[];
  readonly days?: number;
}

interface RotateOptions {
  readonly overlap: number;
}

const mostDays = 3650;

export function addKeysVerb(program: Command, run: RunVerb): void {
  const keys = program
    .command("keys")
    .description("your API keys: what each may do, until when, when it was used last")
    .addHelpText(
      "after",
      exampleText("valet keys list", "valet keys add laptop --scopes read,apply"),
    );
  keys
    .command("list", { isDefault: true })
    .description("list your keys, newest first")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet keys list", "valet keys list --json"))
    .action(() => run(listKeys));
  keys
    .command("add")
    .description("make a key and print it, which is shown only this once")
    .argument("<name>", "what it is for", parseName)
    .requiredOption(
      "--scopes <list>",
      `what it may do, of ${Scope.options.join(", ")}`,
      parseScopes,
    )
    .option("--days <n>", "how long it is good; without it until it is revoked", parseDays)
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet keys add laptop --scopes read,apply --days 90"))
    .action((name: string, options: AddOptions) => run((deps) => addKey(deps, name, options)));
  keys
    .command("rotate")
    .description("make a key in the place of another, and print it")
    .argument("<id>", "of the key, from `valet keys list`")
    .option(
      "--overlap <seconds>",
      "how long the old one goes on",
      parseOverlap,
      rotationOverlap.usual,
    )
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet keys rotate ID --overlap 3600"))
    .action((id: string, options: RotateOptions) => run((deps) => rotateKey(deps, id, options)));
  keys
    .command("revoke")
    .description("end a key at once, and every login that was made with it")
    .argument("<id>", "of the key, from `valet keys list`")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet keys revoke ID"))
    .action((id: string) => run((deps) => revokeKey(deps, id)));
}

async function listKeys(deps: VerbDeps): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const apiKeys = await client.listApiKeys(context.signal);
  output.print(keyTable({ apiKeys, colors: output.colors }));
  return { exitCode: exitCodes.done, json: { apiKeys } };
}

async function addKey(
  deps: VerbDeps,
  name: string,
  { scopes, days }: AddOptions,
): Promise<VerbResult> {
  const client = await connectApi(deps);
  const body = { name, scopes, ...(days === undefined ? {} : { expiresInDays: days }) };
  return shown(deps.output, await client.createApiKey(body, deps.context.signal));
}

async function rotateKey(
  deps: VerbDeps,
  id: string,
  { overlap }: RotateOptions,
): Promise<VerbResult> {
  const client = await connectApi(deps);
  const body = { overlapSeconds: overlap };
  return shown(deps.output, await client.rotateApiKey(id, body, deps.context.signal));
}

async function revokeKey(deps: VerbDeps, id: string): Promise<VerbResult> {
  const client = await connectApi(deps);
  const revoked = await client.revokeApiKey(id, deps.context.signal);
  deps.output.print("The key opens nothing any more.");
  return { exitCode: exitCodes.done, json: revoked };
}

function shown(output: Output, made: NewApiKey): VerbResult {
  output.print(`A key that may ${made.scopes.join(", ")} was made. Shown only now:`);
  output.print(made.apiKey);
  return { exitCode: exitCodes.done, json: made };
}

function parseName(text: string): string {
  const parsed = CreateApiKeyBody.shape.name.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError("It has 1 to 100 characters.");
}

function parseScopes(text: string): Scope[] {
  const parsed = CreateApiKeyBody.shape.scopes.safeParse(
    text.split(",").map((part) => part.trim()),
  );
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`Name some of ${Scope.options.join(", ")}, with commas between.`);
}

const parseDays = (text: string) => parseWhole(text, 1, mostDays);
const parseOverlap = (text: string) => parseWhole(text, 0, rotationOverlap.longest);

function parseWhole(text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
}
