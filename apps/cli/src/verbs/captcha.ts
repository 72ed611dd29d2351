import { type Captcha, detectWalls } from "@valet/forms";
import type { Command } from "commander";
import { answerEachFile, type PageToAnswer } from "../offline/answer-each-file.ts";
import { columnTable } from "../render/column-table.ts";
import { printableText } from "../render/printable-text.ts";
import { type RunVerb, exampleText, jsonOption } from "../verb.ts";

interface CaptchaList {
  readonly captchas: readonly Captcha[];
}

export function addCaptchaVerb(program: Command, run: RunVerb): void {
  program
    .command("captcha")
    .description("captchas of a page; they are found, never solved")
    .addHelpText("after", exampleText("valet captcha detect page.html --offline --json"))
    .command("detect")
    .description("list every captcha and whether it is a wall or only a badge")
    .argument("<url or file...>", "addresses or saved pages")
    .option("--no-js", "leave the scripts of the page off")
    .option("--offline", "block the network")
    .option(...jsonOption)
    .addHelpText("after", exampleText("valet captcha detect https://jobs.example/1/apply"))
    .action((files: string[], { js, offline }: { js: boolean; offline?: boolean }) =>
      run((deps) =>
        answerEachFile(deps, {
          files,
          javaScript: js,
          network: offline !== true,
          answer: findCaptchas,
          render: captchaTable,
        }),
      ),
    );
}

async function findCaptchas({ page }: PageToAnswer, signal: AbortSignal): Promise<CaptchaList> {
  return { captchas: await detectWalls({ page }, signal) };
}

function captchaTable({ file, captchas }: CaptchaList & { readonly file: string }): string {
  if (captchas.length === 0) return `${file}\nno captcha`;
  const rows = captchas.map(({ vendor, kind, wall, where }) => [
    vendor,
    kind,
    wall ? "wall" : "no wall",
    printableText(where),
  ]);
  return `${file}\n${columnTable([["vendor", "kind", "", "where"], ...rows])}`;
}
