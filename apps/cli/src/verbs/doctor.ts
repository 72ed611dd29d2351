import type { Command } from "commander";
import { runChecks } from "../doctor/run-checks.ts";
import { exitCodes } from "../exit-code.ts";
import { statePlaces } from "../local/state-places.ts";
import { doctorTable } from "../render/doctor-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

export function addDoctorVerb(program: Command, run: RunVerb): void {
  program
    .command("doctor")
    .description("what is missing or misconfigured, and the command that mends it")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet doctor"))
    .action(() => run(doctor));
}

async function doctor({ context, config, output }: VerbDeps): Promise<VerbResult> {
  const { env, signal } = context;
  const checks = await runChecks(
    { config, env, places: statePlaces(env), nodeVersion: process.version },
    signal,
  );
  const faults = checks.filter(({ state }) => state === "broken").length;
  output.print(doctorTable(checks, output.colors));
  output.print("");
  output.print(faults === 0 ? "Nothing is broken." : `${faults} to mend.`);
  const exitCode = faults === 0 ? exitCodes.done : exitCodes.failed;
  return { exitCode, json: { ok: faults === 0, checks } };
}
