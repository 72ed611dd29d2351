import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright";
import { BareInput, type BareOutput } from "./bare-protocol.ts";

/*
 * What applying costs without anything of ours: Playwright, browsers that wait warm, and a script that was
 * written for this very form. A process of its own, as a worker is.
 */

const { executablePath, folder, postings, warmUps, parallel, browsers, person, resume } =
  BareInput.parse(JSON.parse(process.argv[2] ?? ""));

/** As large as a page of Valet's: its pictures have the same size. */
const viewport = { width: 1280, height: 813 };
const picture = { type: "jpeg", quality: 80, fullPage: true } as const;

const launch = (): Promise<Browser> => chromium.launch({ executablePath });

/** A context that nobody has used, and what gives it back. */
interface Place {
  readonly context: BrowserContext;
  readonly leave: () => Promise<void>;
}

let confirmedAt = 0;
const endings: Promise<void>[] = [];
const waiting = await Promise.all(Array.from({ length: parallel }, launch));
/** Those that take the place of browsers that are used once. */
const starting: Promise<Browser>[] = [];

async function enter(): Promise<Place> {
  const browser = waiting.shift() ?? (await starting.shift());
  if (browser === undefined)
    throw new Error("There are as many browsers as applications at a time.");
  if (browsers === "fresh") starting.push(launch());
  const context = await browser.newContext({ viewport });
  return {
    context,
    async leave() {
      if (browsers === "reused") {
        await context.close();
        waiting.push(browser);
      } else {
        // The next application need not wait for it.
        endings.push(browser.close());
      }
    },
  };
}

async function apply(posting: string): Promise<void> {
  const { context, leave } = await enter();
  const page = await context.newPage();
  const shoot = (name: string) =>
    page.screenshot({ ...picture, path: join(folder, `${posting.split("/").at(-1)}-${name}.jpg`) });
  await page.goto(posting);
  await page.click("text=Apply for this job");
  await page.fill("#first_name", person.firstName);
  await page.fill("#last_name", person.lastName);
  await page.fill("#email", person.email);
  await page.fill("#phone", person.phone);
  await page.selectOption("#country", person.country);
  await page.fill("#linkedin_url", person.linkedin);
  await page.click("text=Continue");
  await page.setInputFiles("#resume", resume);
  await page.check(`[name=work_authorization][value=${person.isAuthorized}]`);
  await page.check(`[name=sponsorship][value=${person.needsSponsorship}]`);
  await page.fill("#years_of_experience", person.years);
  await page.selectOption("#referral_source", person.referral);
  await page.check("[name=privacy_notice]");
  await page.click("text=Continue");
  const submit = page.getByRole("button", { name: "Submit application" });
  await submit.waitFor();
  await shoot("filled-form");
  await shoot("before-submit");
  await submit.click();
  await page.waitForSelector("#confirmation-number");
  await shoot("after-submit");
  confirmedAt = Date.now();
  await leave();
}

async function applyToAll(jobs: readonly string[]): Promise<number[]> {
  const left = [...jobs];
  const times: number[] = [];
  const lane = async (): Promise<void> => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) {
      const startedAt = performance.now();
      await apply(job);
      times.push(Math.round(performance.now() - startedAt));
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  return times;
}

await applyToAll(postings.slice(0, warmUps));
const startedAt = Date.now();
const applicationMs = await applyToAll(postings.slice(warmUps));
const output: BareOutput = { startedAt, endedAt: confirmedAt, applicationMs };
const left = [...waiting, ...(await Promise.all(starting))];
await Promise.all([...endings, ...left.map((browser) => browser.close())]);
process.stdout.write(JSON.stringify(output));
