import { basename } from "node:path";
import type { ValetClient } from "@valet/client";
import type { CreateScheduleBody, UpdateScheduleBody } from "@valet/contracts";
import { type Command, InvalidArgumentError, Option } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { usageError } from "../describe-error.ts";
import { exitCodes } from "../exit-code.ts";
import { readNamedFile } from "../read-json-file.ts";
import { nextText, scheduleTable, scheduledJobTable } from "../render/schedule-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

type WithClient = VerbDeps & { readonly client: ValetClient };

interface TimeOptions {
  readonly at?: string;
  readonly cron?: string;
  readonly perRun?: number;
  readonly timeZone?: string;
}

interface AddOptions extends TimeOptions {
  readonly resume: string;
  readonly name: string;
  readonly jobs?: string;
  readonly autopilot?: true;
}

interface MoveOptions extends TimeOptions {
  readonly name?: string;
}

const someId = "4d3c2b1a-0000-4000-8000-000000000000";
const idText = "the schedule, as `valet schedule list` lists it";

export function addScheduleVerb(program: Command, run: RunVerb): void {
  const schedule = program
    .command("schedule")
    .description("start applications at a time, or some of a list again and again")
    .addHelpText(
      "after",
      exampleText(
        'valet schedule add --name "Five each morning" --resume cv.pdf --jobs jobs.txt --cron "30 9 * * mon-fri" --per-run 5',
        "valet schedule list",
      ),
    );
  const withClient = (work: (deps: WithClient) => Promise<VerbResult>) =>
    run(async (deps) => work({ ...deps, client: await connectApi(deps) }));

  addTimeOptions(
    schedule
      .command("add")
      .description("plan the start of applications, in the order in which they are given")
      .argument("[urls...]", "job postings, at most 500")
      .requiredOption("--name <name>", "what to call it")
      .requiredOption("--resume <file>", "your résumé, PDF or DOCX, at most 10 MB")
      .option("--jobs <file>", "a file with further addresses, one a line")
      .option("--autopilot", "send without asking, if every required answer is known"),
  )
    .addHelpText(
      "after",
      exampleText(
        "valet schedule add https://jobs.example.com/engineer --name tonight --resume cv.pdf --at 2026-11-24T20:00:00+01:00",
        'valet schedule add --name mornings --resume cv.pdf --jobs jobs.txt --cron "30 9 * * mon-fri" --per-run 5 --time-zone Europe/Oslo',
      ),
    )
    .action((urls: string[], options: AddOptions) =>
      withClient((deps) => addSchedule(deps, urls, options)),
    );

  schedule
    .command("list")
    .description("list schedules, whichever runs next first")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet schedule list"))
    .action(() => withClient(listSchedules));

  schedule
    .command("show")
    .description("one schedule and what came of each of its jobs")
    .argument("<id>", idText)
    .option(...jsonOption)
    .addHelpText("after", exampleText(`valet schedule show ${someId}`))
    .action((id: string) => withClient((deps) => showSchedule(deps, id)));

  addTimeOptions(
    schedule
      .command("move")
      .description("move a schedule to other times; what is not said stays as it is")
      .argument("<id>", idText)
      .option("--name <name>", "what to call it from now on"),
  )
    .addHelpText(
      "after",
      exampleText(
        `valet schedule move ${someId} --at 2026-11-25T08:00:00+01:00`,
        `valet schedule move ${someId} --cron "0 18 * * *" --per-run 3`,
      ),
    )
    .action((id: string, { name, ...times }: MoveOptions) =>
      withClient((deps) =>
        changeSchedule(deps, id, { ...timesOf(times), ...(name === undefined ? {} : { name }) }),
      ),
    );

  for (const [verb, state, text] of [
    ["pause", "paused", "start nothing for now; times that come meanwhile are not made up for"],
    ["resume", "active", "let a paused schedule go on"],
  ] as const) {
    schedule
      .command(verb)
      .description(text)
      .argument("<id>", idText)
      .option(...jsonOption)
      .addHelpText("after", exampleText(`valet schedule ${verb} ${someId}`))
      .action((id: string) => withClient((deps) => changeSchedule(deps, id, { state })));
  }

  schedule
    .command("delete")
    .description("remove a schedule; what it has started goes on")
    .argument("<id>", idText)
    .option(...jsonOption)
    .addHelpText("after", exampleText(`valet schedule delete ${someId}`))
    .action((id: string) => withClient((deps) => deleteSchedule(deps, id)));
}

function addTimeOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--at <time>", "once, at this time, such as 2026-11-24T20:00:00+01:00").conflicts(
        "cron",
      ),
    )
    .option(
      "--cron <times>",
      'again and again: minute, hour, day, month, weekday, such as "30 9 * * mon-fri"',
    )
    .option(
      "--per-run <count>",
      "with --cron: how many jobs each time; all unless given",
      parseCount,
    )
    .option("--time-zone <zone>", "that --cron is meant in; your own unless given")
    .option(...jsonOption);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 500) return count;
  throw new InvalidArgumentError("It is a whole number from 1 to 500.");
}

function timesOf({ at, cron, perRun, timeZone }: TimeOptions) {
  return {
    ...(at === undefined ? {} : { at }),
    ...(cron === undefined ? {} : { cron }),
    ...(perRun === undefined ? {} : { perRun }),
    ...(timeZone === undefined ? {} : { timeZone }),
  } satisfies UpdateScheduleBody;
}

async function addSchedule(
  deps: WithClient,
  urls: readonly string[],
  options: AddOptions,
): Promise<VerbResult> {
  const { client, context, output } = deps;
  const { cwd, signal } = context;
  if (options.at === undefined && options.cron === undefined) {
    throw usageError("Say when: either --at or --cron.");
  }
  const jobs = [...urls, ...(await readJobs(options.jobs, cwd))];
  if (jobs.length === 0) throw usageError("Name at least one job, or a file of them with --jobs.");
  const resumeBytes = await readNamedFile(options.resume, cwd);
  const resume = await client.uploadResume(
    { fileName: basename(options.resume), body: new Uint8Array(resumeBytes) },
    signal,
  );
  const body: CreateScheduleBody = {
    name: options.name,
    jobs,
    resumeId: resume.id,
    mode: options.autopilot === true ? "autopilot" : "copilot",
    ...timesOf(options),
  };
  const schedule = await client.createSchedule(body, signal);
  output.print(`Schedule ${schedule.id}: ${jobs.length} jobs, first ${nextText(schedule)}.`);
  return { exitCode: exitCodes.done, json: schedule };
}

/** Lines that are empty or begin with # are left out. */
async function readJobs(path: string | undefined, cwd: string): Promise<string[]> {
  if (path === undefined) return [];
  const text = (await readNamedFile(path, cwd)).toString("utf8");
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

async function listSchedules({ client, context, output }: WithClient): Promise<VerbResult> {
  const schedules = await client.listSchedules(context.signal);
  if (schedules.length === 0) {
    output.print("No schedules yet. Add one with `valet schedule add`.");
  } else output.print(scheduleTable(schedules, output.colors));
  return { exitCode: exitCodes.done, json: { schedules } };
}

async function showSchedule(
  { client, context, output }: WithClient,
  id: string,
): Promise<VerbResult> {
  const schedule = await client.getSchedule(id, context.signal);
  output.print(scheduleTable([schedule], output.colors));
  output.print(scheduledJobTable(schedule.jobs, output.colors));
  return { exitCode: exitCodes.done, json: schedule };
}

async function changeSchedule(
  { client, context, output }: WithClient,
  id: string,
  change: UpdateScheduleBody,
): Promise<VerbResult> {
  if (Object.keys(change).length === 0) {
    throw usageError("Say what is to change, such as --at, --cron, --per-run or --name.");
  }
  const schedule = await client.updateSchedule(id, change, context.signal);
  output.print(`${id} is ${schedule.state}: next ${nextText(schedule)}.`);
  return { exitCode: exitCodes.done, json: schedule };
}

async function deleteSchedule(
  { client, context, output }: WithClient,
  id: string,
): Promise<VerbResult> {
  const deleted = await client.deleteSchedule(id, context.signal);
  output.print(`${id} starts nothing any more. What it has started goes on.`);
  return { exitCode: exitCodes.done, json: deleted };
}
