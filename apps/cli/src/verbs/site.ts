import type { PersonWall } from "@valet/contracts";
import { readForm } from "@valet/forms";
import {
  type Arrival,
  type Drift,
  type Liveness,
  type RecognisedPage,
  adapters,
  assertSiteAllowed,
  identifyJob,
  judgeArrival,
  judgeDrift,
  readLiveness,
  recognisePage,
} from "@valet/sites";
import type { Command } from "commander";
import { answerEachFile, type PageToAnswer } from "../offline/answer-each-file.ts";
import { siteCheck } from "../render/site-check.ts";
import { type RunVerb, exampleText, jsonOption } from "../verb.ts";

export interface CheckedSite extends RecognisedPage {
  readonly jobKey: string;
  /** Whether the job can still be applied for. */
  readonly liveness: Liveness;
  /** Where the address has led; null for a saved page. */
  readonly arrival: Arrival | null;
  readonly drift: Drift;
  /** What the site is known to ask of the person themselves. */
  readonly knownWalls: readonly PersonWall[];
  /** How many requests of the page could have changed something and were not let out. */
  readonly withheld: number;
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
      "look whether a job is open and which hooks of its site's adapter are still on the page; nothing is typed or sent",
    )
    .argument("<url or file...>", "addresses or saved pages")
    .option("--no-js", "leave the scripts of the page off")
    .option("--offline", "block the network")
    .option(...jsonOption)
    .addHelpText(
      "after",
      `${exampleText(
        "valet site check https://job-boards.greenhouse.io/acme/jobs/123 --json",
        "valet site check saved.html --offline --no-js",
      )}\nThe exit code is 1 when nothing of the adapter is left on a page, and when the job is not open.`,
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
          render: siteCheck,
          isFailure: needsSomebody,
        }),
      ),
    );
}

function assertAllowed(file: string): void {
  const url = URL.parse(file);
  if (url !== null) assertSiteAllowed(url);
}

async function checkSite(
  { file, page, getsOn }: PageToAnswer,
  signal: AbortSignal,
): Promise<CheckedSite> {
  const asked = URL.parse(file) ?? new URL(page.url());
  const isWeb = /^https?:$/u.test(asked.protocol);
  const headers = await headersOf(page);
  const liveness = await readLiveness({ page, asked, headers }, signal);
  getsOn();
  const { fields, buttons } = await readForm(page, signal);
  const recognised = await recognisePage(page);
  const frames = page.frames().flatMap((frame) => URL.parse(frame.url()) ?? []);
  return {
    ...recognised,
    jobKey: identifyJob(asked).jobKey,
    liveness,
    arrival: isWeb ? judgeArrival({ asked, opened: new URL(page.url()), frames }) : null,
    drift: judgeDrift({ recognised, liveness }),
    knownWalls: adapters[recognised.site].knownWalls,
    withheld: await countWithheld(page),
    fields: fields.filter(({ policy }) => policy !== "never").length,
    hasSubmit: buttons.submit !== undefined || buttons.next !== undefined,
  };
}

/** Of the answer that brought the page. */
async function headersOf(page: PageToAnswer["page"]): Promise<Readonly<Record<string, string>>> {
  const requests = await page.requests();
  const document = requests.findLast(
    (one) => one.isNavigationRequest() && one.frame() === page.mainFrame(),
  );
  const answer = await document?.response();
  return answer?.headers() ?? {};
}

async function countWithheld(page: PageToAnswer["page"]): Promise<number> {
  const requests = await page.requests();
  return requests.filter((one) => !["GET", "HEAD", "OPTIONS"].includes(one.method())).length;
}

function needsSomebody({ drift, liveness }: CheckedSite): boolean {
  return drift.kind === "falls_back" || (liveness.kind !== "open" && liveness.kind !== "unknown");
}
