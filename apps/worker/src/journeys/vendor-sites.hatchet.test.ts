import type { Profile } from "@valet/contracts";
import { type TestValet, everyCaseOr, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type Applicant, createApplicant, facts } from "./applicant.fixture.ts";
import { killBrowsers } from "./browsers.fixture.ts";

const Sites = z.array(z.object({ name: z.string(), posting: z.url() }));

/** Someone with an answer for everything the seeded postings ask. */
const prepared: Profile = {
  ...facts,
  basics: {
    ...facts.basics,
    location: { city: "Denver", region: "Colorado", countryCode: "US" },
    profiles: [
      { network: "LinkedIn", url: "https://www.linkedin.com/in/ada-canaria" },
      { network: "GitHub", url: "https://github.com/ada-canaria" },
    ],
  },
  work: [{ name: "Example Instruments", position: "Software Engineer", startDate: "2018-03" }],
  application: {
    ...facts.application,
    over18: true,
    startDate: "2027-01-15",
    salary: { expected: 120_000, currency: "USD", period: "year" },
    relocation: { willing: true },
    referralSource: "Company website",
    previouslyEmployed: false,
    demographics: { hispanic: "No", race: "Two or More Races" },
    savedAnswers: [
      { question: "Why do you want to work with us?", answer: "Parcels should reach islands." },
      { question: "Which of these languages do you use?", answer: ["TypeScript"] },
    ],
  },
};

/** A posting in English that asks nothing more than that. */
const seed = 1;
let valet: TestValet;
let ada: Applicant;
let sites: z.infer<typeof Sites>;

beforeAll(async () => {
  valet = await startValet();
  ada = await createApplicant(valet);
  await ada.client.putProfile(prepared);
  sites = Sites.parse(await (await fetch(`${valet.practiceUrl}/sites.json?seed=${seed}`)).json());
});
afterAll(() => valet?.close());

const vendors = ["lever"];

test.each(everyCaseOr(vendors, ["lever"]))(
  "%s: under the vendor's own name, autopilot sends once and copilot only what was approved",
  async (name) => {
    const posting = sites.find((site) => site.name === name)?.posting ?? "";
    const { id, platform } = await ada.apply("", { jobUrl: `${posting}?utm_source=a` });
    expect(platform).toBe(name);
    expect(await ada.untilEnd(id)).toMatchObject({ state: "completed", outcome: "confirmed" });
    const job = posting.split("/").at(-1);
    expect(await valet.submits(job)).toHaveLength(1);

    // The same job under another address is the same job.
    await expect(ada.apply("", { jobUrl: posting })).rejects.toMatchObject({
      code: "ALREADY_APPLIED",
    });
  },
);

test("what an answer brings up is reviewed, sent, and filled again on a new browser", async () => {
  const posting = sites.find(({ name }) => name === "greenhouse")?.posting ?? "";
  const jobUrl = `${posting}?quirk=hispanic-reveals-race`;
  const { id } = await ada.apply("", { jobUrl, mode: "copilot" });
  const { fields } = await ada.untilState(id, "awaiting_review");
  expect(fields.find(({ meaning }) => meaning === "eeo.race")).toMatchObject({
    value: "Two or More Races",
    source: "profile",
  });
  await killBrowsers(valet);
  await ada.approve(id);
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  const reviews = (await ada.events(id)).filter(({ type }) => type === "field_review");
  expect(reviews).toHaveLength(1);
  const [sent] = await valet.submits(posting.split("/").at(-1));
  expect(sent).toMatchObject({ fields: { hispanic_ethnicity: "No", race: "Two or More Races" } });
});

test("a required question that an answer brings up is asked, and nothing is sent without it", async () => {
  const posting = sites.find(({ name }) => name === "ashby")?.posting ?? "";
  const before = (await valet.submits()).length;
  const { id } = await ada.apply("", { jobUrl: `${posting}?quirk=reveals-question` });
  expect(await ada.untilEnd(id)).toMatchObject({
    outcome: "not_submitted",
    reason: "QUESTION_UNANSWERED",
    questions: [{ question: "How would you get to the office from there?" }],
  });
  expect(await valet.submits()).toHaveLength(before);
});

test("a site that is not practised on is not opened", async () => {
  const jobUrl = "https://jobs.example.com/engineer";
  await expect(ada.apply("", { jobUrl })).rejects.toMatchObject({ code: "JOB_URL_UNKNOWN_HOST" });
});
