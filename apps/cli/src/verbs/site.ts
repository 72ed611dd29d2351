import { readForm } from "@valet/forms";
import { type RecognisedPage, assertSiteAllowed, identifyJob, recognisePage } from "@valet/sites";
import type { Command } from "commander";
import { answerEachFile, type PageToAnswer } from "../offline/answer-each-file.ts";
import { columnTable } from "../render/column-table.ts";
import { type RunVerb, exampleText, jsonOption } from "../verb.ts";

interface CheckedSite extends RecognisedPage {
  readonly jobKey: string;
  /** How many fields of an application form the page has. */
  readonly fields: number;
  readonly hasSubmit: boolean;
}

export function addSiteVerb(program: Command, run: RunVerb): void {
  program
    .command("site")
    .description("what Valet knows of application sites, and whether it still holds")
    .addHelpText("after", exampleText("valet site check https://jobs.lever.co/acme/…/apply"))
    .command("check")
    .description(
      "look which hooks of the site's adapter are still on a page; nothing is typed or sent",
    )
    .argument("<url or file...>", "addresses or saved pages")
    .option("--no-js", "leave the scripts of the page off")
    .option("--offline", "block the network")
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet site check https://job-boards.greenhouse.io/acme/jobs/123 --json",
        "valet site check saved.html --offline --no-js",
      ),
    )
    .action((files: string[], { js, offline }: { js: boolean; offline?: boolean }) =>
      run((deps) =>
        answerEachFile(deps, {
          files,
          javaScript: js,
          network: offline !== true,
          isReadOnly: true,
          assertAllowed,
          answer: checkSite,
          render: siteTable,
          isFailure: hasDrifted,
        }),
      ),
    );
}

function assertAllowed(file: string): void {
  const url = URL.parse(file);
  if (url !== null) assertSiteAllowed(url);
}

async function checkSite({ file, page }: PageToAnswer, signal: AbortSignal): Promise<CheckedSite> {
  const asked = URL.parse(file);
  const { fields, buttons } = await readForm(page, signal);
  const recognised = await recognisePage(page);
  return {
    ...recognised,
    jobKey: identifyJob(asked ?? new URL(page.url())).jobKey,
    fields: fields.filter(({ policy }) => policy !== "never").length,
    hasSubmit: buttons.submit !== undefined || buttons.next !== undefined,
  };
}

/** A page of a known system on which nothing is left of what the adapter knows. */
function hasDrifted({ site, on, hooks }: CheckedSite): boolean {
  return site !== "generic" && hooks.length > 0 && on === "unknown";
}

function siteTable(checked: CheckedSite & { readonly file: string }): string {
  const { file, site, by, on, hooks, fields, hasSubmit } = checked;
  const head = `${file}\n${site} (known by ${by}), page: ${on}, ${fields} fields, ${hasSubmit ? "a" : "no"} button to go on`;
  if (hooks.length === 0) return head;
  const rows = hooks.map(({ name, selector, isSeen }) => [
    isSeen ? "there" : "MISSING",
    name,
    selector,
  ]);
  return `${head}\n${columnTable([["", "hook", "selector"], ...rows])}`;
}
