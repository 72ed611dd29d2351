import { type ParsedResume, type ResumeParser, createResumeParser } from "@valet/resume";
import type { Command } from "commander";
import { describeError } from "../describe-error.ts";
import { exitCodes } from "../exit-code.ts";
import { readNamedFile } from "../read-json-file.ts";
import { columnTable } from "../render/column-table.ts";
import { printableText, shorten } from "../render/printable-text.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

const outputShape = `
Prints every value with the page or paragraph that it was read from and how sure that is. With --json one
document a line: {"file", "resume": JSON Resume, "sources": {"/basics/name": {"page", "box", "text",
"confidence"}}}. A file that cannot be read, such as a scan, gives {"file", "error"} and exit code 1.
`;

export function addResumeVerb(program: Command, run: RunVerb): void {
  program
    .command("resume")
    .description("résumés, read without a running Valet")
    .addHelpText("after", exampleText("valet resume parse cv.pdf --json"))
    .command("parse")
    .description("read a PDF or DOCX into structured facts, each with its place")
    .argument("<file...>", "résumés")
    .option(...jsonOption)
    .addHelpText("after", outputShape + exampleText("valet resume parse cv.pdf cv.docx"))
    .action((files: string[]) => run((deps) => parseEach(deps, files)));
}

async function parseEach(deps: VerbDeps, files: readonly string[]): Promise<VerbResult> {
  const { context, output } = deps;
  const parser = createResumeParser();
  let failures = 0;
  try {
    for (const file of files) {
      try {
        const parsed = await parseOne(parser, file, deps);
        output.document({ file, ...parsed });
        output.print(`${printableText(file)}\n${valueTable(parsed)}`);
      } catch (error) {
        context.signal.throwIfAborted();
        failures += 1;
        const { code, message } = describeError(error, context.signal);
        output.document({ file, error: { code, message } });
        if (!output.json) output.note(`${file}: ${code}: ${message}`);
      }
    }
  } finally {
    await parser.close();
  }
  return { exitCode: failures === 0 ? exitCodes.done : exitCodes.failed, json: undefined };
}

async function parseOne(
  parser: ResumeParser,
  file: string,
  { context }: VerbDeps,
): Promise<ParsedResume> {
  return parser.parse(await readNamedFile(file, context.cwd), context.signal);
}

function valueTable({ resume, sources }: ParsedResume): string {
  const rows = Object.entries(sources).map(([pointer, source]) => [
    pointer,
    shorten(printableText(String(valueAt(resume, pointer))), 60),
    "page" in source ? `page ${source.page}` : `paragraph ${source.paragraph}`,
    source.confidence.toFixed(2),
  ]);
  return columnTable([["what", "value", "read from", "sure"], ...rows]);
}

function valueAt(resume: object, pointer: string): unknown {
  let value: unknown = resume;
  for (const name of pointer.split("/").slice(1)) {
    const holder: object = typeof value === "object" && value !== null ? value : {};
    value = Object.entries(holder).find(([key]) => key === name)?.[1];
  }
  return value;
}
