import { valueAt } from "@valet/domain";
import { type ParsedResume, createResumeParser } from "@valet/resume";
import type { Command } from "commander";
import { eachFile } from "../offline/each-file.ts";
import { readNamedFile } from "../read-json-file.ts";
import { columnTable } from "../render/column-table.ts";
import { printableText, shorten } from "../render/printable-text.ts";
import { addStoredResumeVerbs } from "./stored-resumes.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

const outputShape = `
Prints every value with the page or paragraph that it was read from and how sure that is. With --json one
document a line: {"file", "resume": JSON Resume, "sources": {"/basics/name": {"page", "box", "text",
"confidence"}}}. A file that cannot be read, such as a scan, gives {"file", "error"} and exit code 1.
`;

export function addResumeVerb(program: Command, run: RunVerb): void {
  const resume = program
    .command("resume")
    .description("what your résumés say, and what of that your profile says")
    .addHelpText(
      "after",
      exampleText("valet resume parse cv.pdf --json", "valet resume add cv.pdf"),
    );
  addStoredResumeVerbs(resume, run);
  resume
    .command("parse")
    .description("read a PDF or DOCX into structured facts, each with its place; without Valet")
    .argument("<file...>", "résumés")
    .option(...jsonOption)
    .addHelpText("after", outputShape + exampleText("valet resume parse cv.pdf cv.docx"))
    .action((files: string[]) => run((deps) => parseEach(deps, files)));
}

async function parseEach(deps: VerbDeps, files: readonly string[]): Promise<VerbResult> {
  const { cwd, signal } = deps.context;
  const parser = createResumeParser();
  try {
    return await eachFile(deps, files, async (file) => {
      const parsed = await parser.parse(await readNamedFile(file, cwd), signal);
      return { document: parsed, text: `${printableText(file)}\n${valueTable(parsed)}` };
    });
  } finally {
    await parser.close();
  }
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
