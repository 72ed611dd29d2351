import { everyCaseOr } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApplicationUnderTest, openApplication } from "./approved-application.fixture.ts";
import { type DispatchingWorker, startDispatchingWorker } from "./dispatching-worker.fixture.ts";
import { type TamperingSite, startTamperingSite } from "./tampering-site.fixture.ts";
import { type Tampering, tamperings } from "./tamperings.fixture.ts";

const { signal } = new AbortController();
let site: TamperingSite;
let worker: DispatchingWorker;
let application: ApplicationUnderTest;

beforeAll(async () => {
  site = await startTamperingSite();
  const reach = [site.url, site.otherUrl].map((url) => new URL(url).host);
  worker = await startDispatchingWorker(reach, signal);
  application = await openApplication(worker, site, signal);
});
afterAll(async () => {
  await worker.close();
  await site.close();
});

/** Some of each table. */
const sample = tamperings.filter((_, at) => at % 6 === 0);

test.each([...everyCaseOr(tamperings, sample)])(
  "between approval and submit: $name",
  async (tampering) => {
    worker.forget();
    await application.approve(tampering.isFramed === true ? "/jobs/42/framed" : "/jobs/42");
    if (tampering.at === undefined) await tamper(tampering);
    else worker.at(tampering.at, () => tamper(tampering));
    const outcome = await application.dispatch();
    const sent = [...site.sent()];
    site.forget();
    // What was sent once is not sent again.
    if (sent.length > 0) application = await openApplication(worker, site, signal);
    expect(sent).toEqual([]);
    // A new look, or an end that says why; where the gate kept it, the attempt is given up.
    const isKept = outcome === "dispatched" && (await application.intentState()) === "aborted";
    expect(isKept ? "kept" : outcome).toMatch(/^(kept|reviewAgain|superseded|ended|[A-Z_]+)$/u);
  },
);

async function tamper({ inPage, outside }: Tampering): Promise<void> {
  await outside?.(application);
  if (inPage === undefined) return;
  await application.page().evaluate(`(async () => {
    const [SITE, OTHER] = ${JSON.stringify([site.url, site.otherUrl])};
    const form = document.getElementById("application"), button = form?.querySelector("button");
    const load = (frame, url) => new Promise((loaded) => { frame.onload = loaded; frame.src = url; });
    ${inPage};
  })()`);
}

test.each(["/jobs/42", "/jobs/42/framed"])(
  "left alone, what was approved at %s is sent once",
  async (path) => {
    worker.forget();
    const untouched = await openApplication(worker, site, signal);
    await untouched.approve(path);
    expect(await untouched.dispatch()).toBe("dispatched");
    expect(site.sent()).toHaveLength(1);
    expect(await untouched.intentState()).toBe("dispatched");
    site.forget();
  },
);
