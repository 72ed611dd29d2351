import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PracticeSites, startPracticeSites } from "../bench/sites/practice-sites.ts";
import { siteCheck } from "../render/site-check.ts";
import { runCaptured } from "../run-captured.ts";
import type { CheckedSite } from "./site.ts";

let folder: string;
let sites: PracticeSites;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "valet-site-check-"));
  sites = await startPracticeSites();
  await writeFile(join(folder, "hosts.json"), JSON.stringify(sites.hosts));
  await writeFile(
    join(folder, "unknown.html"),
    "<form><label>Email <input></label><label>Phone <input></label><button>Apply now</button></form>",
  );
  await writeFile(join(folder, "closed.html"), "<h1>This job is no longer available</h1>");
});
afterAll(async () => {
  await sites?.close();
  await rm(folder, { recursive: true });
});

async function check(...words: readonly string[]): Promise<{ exitCode: number; json: unknown }> {
  const { exitCode, stdout } = await runCaptured({
    argv: ["site", "check", ...words, "--json"],
    cwd: folder,
    env: { VALET_PRACTICE_HOSTS: join(folder, "hosts.json") },
  });
  const json: unknown = JSON.parse(stdout);
  return { exitCode, json };
}

async function postingOf(name: string): Promise<string> {
  const posting = (await sites.sites(1)).find((site) => site.name === name)?.posting;
  if (posting === undefined) throw new Error(`There is no practice site ${name}.`);
  return posting;
}

test("an open form with all its hooks holds, and the exit code is 0", async () => {
  const posting = await postingOf("lever");
  expect(await check(`${posting}/apply`)).toMatchObject({
    exitCode: 0,
    json: {
      site: "lever",
      on: "form",
      liveness: { kind: "open", page: "form" },
      arrival: { kind: "asked_job" },
      drift: { kind: "holds" },
    },
  });
});

test("a closed posting is told, and the exit code is 1", async () => {
  const posting = await postingOf("lever");
  expect(await check(`${posting}?quirk=closed`)).toMatchObject({
    exitCode: 1,
    json: { liveness: { kind: "closed" }, drift: { kind: "unchecked", why: "not_open" } },
  });
  expect(await check("closed.html", "--offline")).toMatchObject({
    exitCode: 1,
    json: { liveness: { kind: "closed", by: "words" }, arrival: null },
  });
});

test("a page that draws itself with what is not let out is not called drifted", async () => {
  expect(await check(`${await postingOf("ashby")}/application`)).toMatchObject({
    exitCode: 0,
    json: {
      site: "ashby",
      liveness: { kind: "unknown" },
      drift: { kind: "unchecked", why: "not_drawn" },
      withheld: 1,
    },
  });
  expect(await sites.ledger()).toEqual([]);
});

test("a page of a site that nobody knows has no adapter", async () => {
  expect(await check("unknown.html", "--offline")).toMatchObject({
    exitCode: 0,
    json: { site: "generic", liveness: { kind: "open" }, drift: { kind: "no_adapter" } },
  });
});

test("people are told plainly what became of a page", () => {
  const lever: CheckedSite & { readonly file: string } = {
    file: "https://jobs.lever.co/northwind/1",
    site: "lever",
    by: "address",
    on: "unknown",
    hooks: [{ name: "submit", selector: "#btn-submit", on: "form", isSeen: false }],
    jobKey: "lever:1",
    liveness: { kind: "open", page: "form" },
    arrival: { kind: "other_job", jobKey: "lever:2" },
    drift: { kind: "falls_back" },
    knownWalls: ["captcha", "email_code"],
    withheld: 0,
    fields: 4,
    hasSubmit: true,
  };
  const said = siteCheck(lever);
  expect(said).toContain("FALLS BACK TO GENERIC");
  expect(said).toContain("ANOTHER JOB: lever:2");
  expect(said).toContain("may ask for you yourself: a captcha, a code sent by e-mail");
  expect(said).toMatch(/MISSING\s+submit\s+#btn-submit/u);
  const drifted = { ...lever, drift: { kind: "drifted", missing: ["submit"] } } as const;
  expect(siteCheck(drifted)).toContain("1 of the things it relies on are missing");
});
