import type { Command } from "commander";
import { exitCodes } from "../exit-code.ts";
import { chooseApiPort } from "../local/choose-api-port.ts";
import {
  type RunningInstance,
  apiKeyFile,
  findRunningInstance,
} from "../local/running-instance.ts";
import { startLocalValet } from "../local/start-local-valet.ts";
import { statePlaces } from "../local/state-places.ts";
import { untilAborted } from "../local/until-aborted.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addUpVerb(program: Command, run: RunVerb): void {
  program
    .command("up")
    .description("run everything of Valet on this machine until Ctrl-C")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet up", "VALET_API_PORT=9000 valet up"))
    .action(() => run(up));
}

async function up(deps: VerbDeps): Promise<VerbResult> {
  const { context, config, output } = deps;
  const { signal } = context;
  const places = statePlaces(context.env);
  const running = await findRunningInstance(places.stateDir, signal);
  if (running !== undefined) {
    output.print(`Valet already runs here as process ${running.pid}.`);
    printAddress(deps, running.url, places.stateDir);
    return { exitCode: exitCodes.done, json: upDocument(running, places.stateDir, false) };
  }
  const valet = await startLocalValet(
    {
      config,
      callerEnv: context.env,
      progress: (text) => void output.progress.write(`${text}\n`),
      note: output.note,
    },
    { ...places, chooseApiPort: () => chooseApiPort(config.VALET_API_PORT) },
    signal,
  );
  try {
    printAddress(deps, valet.url, places.stateDir);
    output.print("Ctrl-C stops everything.");
    output.document(upDocument({ url: valet.url, pid: process.pid }, places.stateDir, true));
    await Promise.race([untilAborted(signal), valet.failure]);
    output.progress.write("Stopping …\n");
  } finally {
    await valet.close();
  }
  return { exitCode: exitCodes.done, json: undefined };
}

function printAddress({ output }: VerbDeps, url: string, stateDir: string): void {
  const { colors } = output;
  output.print("");
  output.print(`  Open      ${colors.bold(colors.cyan(url))}`);
  output.print(`  Sign in   with the key in ${apiKeyFile(stateDir)}`);
  output.print(`  API page  ${url}/docs`);
  output.print("");
}

function upDocument({ url, pid }: RunningInstance, stateDir: string, started: boolean) {
  const apiKey = apiKeyFile(stateDir);
  return { running: true, started, url, docs: `${url}/docs`, pid, stateDir, apiKeyFile: apiKey };
}
