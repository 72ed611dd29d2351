import { everyCaseOr } from "@valet/testkit";
import pMap from "p-map";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeApplication } from "./judge-application.ts";
import { type PracticeBrowser, openPracticeBrowser } from "./open-practice-browser.ts";
import { type JudgedCase, runCase } from "./run-case.ts";

const { signal } = new AbortController();
const seeds = everyCaseOr([1, 2, 3, 4], [1]);
/** One of each way to build a form; Lever has its journey. */
const sample = ["greenhouse", "ashby", "workday", "smartrecruiters", "icims", "generic"];
const limitMs = 300_000 * seeds.length;
const place = { chromium: "/usr/lib/chromium/chromium", cwd: import.meta.dirname };
let practice: PracticeBrowser;

beforeAll(async () => {
  practice = await openPracticeBrowser(place, signal);
});
afterAll(() => practice?.close());

test(
  "every practice site stores exactly what was planned",
  async () => {
    const judged: JudgedCase[] = [];
    for (const seed of seeds) {
      // Much of an application is waiting for its site.
      const all = await practice.sites.sites(seed);
      const ofSeed = await pMap(
        everyCaseOr(
          all,
          all.filter(({ name }) => sample.includes(name)),
        ),
        (site) => runCase(practice, { site, seed, quirk: undefined }, signal),
        { concurrency: 2 },
      );
      judged.push(...ofSeed);
    }
    const wrong = judged.filter(({ faults }) => faults.length > 0);
    expect(
      wrong.map(({ site, seed, outcome, faults }) => ({ site: site.name, seed, outcome, faults })),
    ).toEqual([]);
  },
  limitMs,
);

test("an application that was not stored as planned is seen", () => {
  const planned = {
    action: "fill",
    value: "Male",
    source: "person",
    confidence: 1,
    why: "",
  } as const;
  const field = {
    key: "gender",
    label: "Gender",
    kind: "select",
    meaning: "eeo.gender",
    planned: { ...planned, id: "gender" },
    held: undefined,
  };
  const line = {
    kind: "application",
    stored: true,
    site: "lever",
    job: "1",
    at: "2026-11-21T10:00:00.000Z",
    fields: { gender: "Female", honeypot_site: "x" },
  } as const;
  expect(judgeApplication({ fields: [field], missed: [] }, line)).toEqual([
    'Gender: wanted "Male", sent "Female"',
    'sent without a plan: honeypot_site = "x"',
  ]);
  const right = { ...line, fields: { gender: "Male", honeypot_site: "" } };
  expect(judgeApplication({ fields: [field], missed: [] }, right)).toEqual([]);
  expect(judgeApplication({ fields: [field], missed: [] }, undefined)).toEqual([
    "nothing was stored",
  ]);
  const from = { ...field, key: "from", label: "From", kind: "date" };
  const month = { ...from, planned: { ...planned, id: "from", value: "2018-03" } };
  const day = { ...from, planned: { ...planned, id: "from", value: "2018-03-01" } };
  const dated = { ...line, fields: { from: "2018-03" } };
  expect(judgeApplication({ fields: [month], missed: [] }, dated)).toEqual([]);
  expect(judgeApplication({ fields: [day], missed: [] }, dated)).toEqual([
    'From: wanted "2018-03-01", sent "2018-03"',
  ]);
});
