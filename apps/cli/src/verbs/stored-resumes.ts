import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ValetClient } from "@valet/client";
import type { AcceptChanges, Resume, ResumeDetail } from "@valet/contracts";
import type { Command } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { askYesNo } from "../ask-yes-no.ts";
import { exitCodes } from "../exit-code.ts";
import { readNamedFile } from "../read-json-file.ts";
import { columnTable } from "../render/column-table.ts";
import { printableText } from "../render/printable-text.ts";
import { changeTable } from "../render/resume-change-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

type WithClient = VerbDeps & { readonly client: ValetClient };

interface AcceptOptions {
  readonly all?: true;
  readonly change?: string[];
  readonly yes?: true;
}

const someId = "4d3c2b1a-0000-4000-8000-000000000000";
const pollMs = 300;

/** The verbs of `valet resume` that want a running Valet. */
export function addStoredResumeVerbs(resume: Command, run: RunVerb): void {
  const withClient = (work: (deps: WithClient) => Promise<VerbResult>) =>
    run(async (deps) => work({ ...deps, client: await connectApi(deps) }));
  resume
    .command("add")
    .description("store a résumé, have it read, and show what your profile does not say yet")
    .argument("<file>", "PDF or DOCX, at most 10 MB")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet resume add cv.pdf"))
    .action((file: string) => withClient((deps) => addResume(deps, file)));
  resume
    .command("list")
    .description("your résumés, the newest first")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet resume list"))
    .action(() => withClient(listResumes));
  resume
    .command("show")
    .description("what your profile does not say yet, or says otherwise")
    .argument("<id>", "the résumé")
    .option(...jsonOption)
    .addHelpText("after", exampleText(`valet resume show ${someId} --json`))
    .action((id: string) =>
      withClient(async (deps) => shown(deps, await deps.client.getResume(id, deps.context.signal))),
    );
  resume
    .command("accept")
    .description("take what a résumé says into your profile; without options what replaces nothing")
    .argument("<id>", "the résumé")
    .option("--all", "also what replaces something")
    .option("--change <id...>", "just these changes, as `valet resume show` lists them")
    .option("--yes", "do not ask")
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        `valet resume accept ${someId}`,
        `valet resume accept ${someId} --change 1f0c22ab90de4411 --yes`,
      ),
    )
    .action((id: string, options: AcceptOptions) =>
      withClient((deps) => acceptResume(deps, id, options)),
    );
  resume
    .command("reparse")
    .description("have a stored résumé read again")
    .argument("<id>", "the résumé")
    .option(...jsonOption)
    .addHelpText("after", exampleText(`valet resume reparse ${someId}`))
    .action((id: string) => withClient((deps) => reparse(deps, id)));
}

async function addResume(deps: WithClient, file: string): Promise<VerbResult> {
  const { client, context, output } = deps;
  const bytes = await readNamedFile(file, context.cwd);
  const upload = { fileName: basename(file), body: new Uint8Array(bytes) };
  const { id } = await client.uploadResume(upload, context.signal);
  output.progress.write(`Résumé ${id}: stored, being read\n`);
  return shown(deps, await untilRead(deps, id));
}

async function reparse(deps: WithClient, id: string): Promise<VerbResult> {
  await deps.client.reparseResume(id, deps.context.signal);
  return shown(deps, await untilRead(deps, id));
}

async function untilRead({ client, context }: WithClient, id: string): Promise<ResumeDetail> {
  for (;;) {
    const resume = await client.getResume(id, context.signal);
    if (resume.state !== "parsing") return resume;
    await delay(pollMs, undefined, { signal: context.signal });
  }
}

function shown({ output }: WithClient, resume: ResumeDetail): VerbResult {
  const { id, changes, failure } = resume;
  if (failure !== null) output.print(failure.message);
  else if (changes.length === 0) output.print("Your profile says all that this résumé says.");
  else {
    output.print(changeTable(changes));
    output.print(`Nothing was changed. Take it over with: valet resume accept ${id}`);
  }
  const isRead = resume.state === "ready";
  return { exitCode: isRead ? exitCodes.done : exitCodes.failed, json: resume };
}

async function listResumes({ client, context, output }: WithClient): Promise<VerbResult> {
  const resumes = await client.listResumes(context.signal);
  if (resumes.length === 0) output.print("No résumés yet. Add one with: valet resume add cv.pdf");
  else output.print(columnTable([["id", "file", "state", "stored"], ...resumes.map(rowOf)]));
  return { exitCode: exitCodes.done, json: { resumes } };
}

function rowOf({ id, fileName, state, createdAt }: Resume): readonly string[] {
  return [id, printableText(fileName), state.replace("_", " "), createdAt];
}

async function acceptResume(
  deps: WithClient,
  id: string,
  options: AcceptOptions,
): Promise<VerbResult> {
  const { client, context, output } = deps;
  const changes: AcceptChanges["changes"] =
    options.change ?? (options.all === true ? "all" : "additions");
  const proposed = (await client.getResume(id, context.signal)).changes;
  const chosen = proposed.filter((change) =>
    typeof changes === "string"
      ? changes === "all" || change.kind === "add"
      : changes.includes(change.id),
  );
  const mayAsk = context.stdin.isTTY === true && !output.json && options.yes !== true;
  if (mayAsk && chosen.length > 0) {
    output.print(changeTable(chosen));
    if (!(await askYesNo(context, "Take this into your profile?"))) {
      output.print("Nothing was changed.");
      return { exitCode: exitCodes.failed, json: { accepted: [], changes: proposed } };
    }
  }
  // Just what was shown, should the profile have changed meanwhile.
  const ids = Array.isArray(changes) ? changes : chosen.map((change) => change.id);
  const accepted = await client.acceptResume(
    id,
    { changes: ids.length === 0 ? "additions" : ids },
    context.signal,
  );
  const left = accepted.changes.length;
  output.print(
    `${accepted.accepted.length} taken into your profile${left === 0 ? "." : `, ${left} left as they were (--all takes them).`}`,
  );
  return { exitCode: exitCodes.done, json: accepted };
}
