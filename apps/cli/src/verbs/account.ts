import { rename, rm } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ValetError } from "@valet/contracts";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { askYesNo } from "../ask-yes-no.ts";
import { usageError } from "../describe-error.ts";
import { exitCodes } from "../exit-code.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

interface EraseOptions {
  readonly yes?: true;
}

export function addAccountVerb(program: Command, run: RunVerb): void {
  const account = program
    .command("account")
    .description("everything this Valet holds of you: take it with you, or have it erased")
    .addHelpText("after", exampleText("valet account export valet.zip", "valet account erase"));
  account
    .command("export")
    .description("write everything that is held of you into a zip: JSON by kind, and your files")
    .argument("<file>", "where to write it; a file that is there is replaced")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet account export valet.zip"))
    .action((file: string) => run((deps) => exportAccount(deps, file)));
  account
    .command("erase")
    .description("erase you and all that is held of you; it cannot be taken back")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet account erase"))
    .action((options: EraseOptions) => run((deps) => eraseAccount(deps, options)));
}

async function exportAccount(deps: VerbDeps, file: string): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const path = resolve(context.cwd, file);
  // Half a zip must not take the place of a whole one.
  const unfinished = `${path}.part`;
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      done(null, chunk);
    },
  });
  try {
    const zip = await client.exportAccount(context.signal);
    const target = createWriteStream(unfinished, { mode: 0o600 });
    await pipeline(zip, count, target, { signal: context.signal });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw asProblem(error);
  }
  output.print(`Everything that is held of you is in ${file}. Keep it safe: it is all in there.`);
  return { exitCode: exitCodes.done, json: { file: path, bytes } };
}

function asProblem(error: unknown): unknown {
  if (error instanceof ValetError || !(error instanceof Error)) return error;
  if (error.name === "AbortError") return error;
  const code = "code" in error ? String(error.code) : error.name;
  return new ValetError(
    "API_UNREACHABLE",
    `The zip could not be written to its end (${code}). No file was left. Check the folder and its free space, and try again.`,
    { code },
    { cause: error },
  );
}

async function eraseAccount(deps: VerbDeps, { yes }: EraseOptions): Promise<VerbResult> {
  const { context, output } = deps;
  const client = await connectApi(deps);
  const { name } = await client.whoAmI(context.signal);
  if (yes !== true && !(await isMeant(deps, name))) {
    output.print("Nothing was erased.");
    return { exitCode: exitCodes.failed, json: { erasing: false } };
  }
  const erasure = await client.eraseAccount({ confirm: name }, context.signal);
  output.print(
    `${name} is being erased. Keys have ended; applications, files and browsers are gone within a minute.`,
  );
  return { exitCode: exitCodes.done, json: erasure };
}

async function isMeant({ context, output }: VerbDeps, name: string): Promise<boolean> {
  if (context.stdin.isTTY !== true) {
    throw usageError(
      "Erasing cannot be taken back, and there is nobody to ask here. Nothing was erased. Give `--yes` if it is meant.",
    );
  }
  output.note(
    `This ends every application of ${name} and erases profile, answers, résumés, proof and webhooks. Applications that were sent stay sent. \`valet account export FILE\` keeps a copy.`,
  );
  return askYesNo(context, `Erase ${name}?`);
}
