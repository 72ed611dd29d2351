import type { Profile, TaskDetail, TaskMode } from "@valet/contracts";
import { isEnded } from "@valet/domain";
import { siteNames } from "@valet/sites";
import { type TestValet, everyCaseOr, startValet, until } from "@valet/testkit";
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

/** Ada agrees to what an application needs. */
const terms = /terms and conditions|Bedingungen/u;
/** As often as a form may ask for something new: each page can. */
const mostRounds = 6;
const limitMs = 240_000;
let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  valet = await startValet();
  ada = await createApplicant(valet);
  await ada.client.putProfile(prepared);
});
afterAll(() => valet?.close());

/** The site's posting of a seed. */
async function postingOf(site: string, seed: number): Promise<string> {
  const listed = await fetch(`${valet.practiceUrl}/sites.json?seed=${seed}`);
  return Sites.parse(await listed.json()).find(({ name }) => name === site)?.posting ?? "";
}

type Question = TaskDetail["questions"][number];

/** What Ada chooses where her profile does not tell. */
function chosen({ question, options }: Question): string {
  const isFirst = terms.test(question) || question.includes("what does the button");
  return (isFirst ? options[0] : options.at(-1)) ?? "Nothing to add";
}

/** Applies, and answers where the form asks what the profile does not tell. */
async function applyAnswering(
  jobUrl: string,
  mode: TaskMode,
  onQuestions: (questions: readonly Question[]) => Promise<void> = async () => {},
): Promise<TaskDetail> {
  const { id } = await ada.apply("", { jobUrl, mode });
  const answered = new Set<string>();
  for (;;) {
    const task = await untilAskedOrEnd(id, answered);
    const { humanStep } = task;
    if (humanStep?.kind !== "question") return task;
    const questions = humanStep.questions ?? [];
    await onQuestions(questions);
    answered.add(humanStep.id);
    const answers = Object.fromEntries(questions.map((asked) => [asked.fieldId, chosen(asked)]));
    await ada.client.answerQuestions(id, { answers });
  }
}

/** Until a person is asked something new, or the end. */
async function untilAskedOrEnd(id: string, answered: ReadonlySet<string>): Promise<TaskDetail> {
  return until(
    "somebody is asked, or the end",
    async () => {
      const task = await ada.client.getTask(id);
      const { humanStep } = task;
      const isAsked = humanStep !== null && !answered.has(humanStep.id);
      return (isAsked || isEnded(task.state)) && task;
    },
    limitMs,
  );
}

/** Applications that the site stored, or with `all` that reached it. */
async function sentTo(site: string, which: "stored" | "all" = "stored"): Promise<number> {
  const ofSite = (await valet.requests()).filter(
    ({ kind, site: of }) => kind === "application" && of === site,
  );
  return ofSite.filter(({ stored }) => which === "all" || stored).length;
}

const vendors = siteNames.filter((name) => name !== "generic");

test.each(everyCaseOr(vendors, ["lever"]))(
  "%s: under the vendor's own name autopilot sends once, and the job's other address is the same job",
  async (site) => {
    const posting = await postingOf(site, 4);
    const before = await sentTo(site);
    const task = await applyAnswering(`${posting}?utm_source=a`, "autopilot");
    expect(task).toMatchObject({ platform: site, outcome: "confirmed" });
    expect((await sentTo(site)) - before).toBe(1);
    await expect(ada.apply("", { jobUrl: posting })).rejects.toMatchObject({
      code: "ALREADY_APPLIED",
    });
  },
  limitMs,
);

test.each(everyCaseOr(vendors, []))(
  "%s: copilot sends nothing before the approval, and then once",
  async (site) => {
    const before = await sentTo(site);
    const { id, state } = await applyAnswering(await postingOf(site, 2), "copilot");
    expect(state).toBe("awaiting_review");
    expect((await sentTo(site)) - before).toBe(0);
    await ada.approve(id);
    expect(await ada.untilEnd(id, limitMs)).toMatchObject({ outcome: "confirmed" });
    expect((await sentTo(site)) - before).toBe(1);
  },
  limitMs,
);

interface Wall {
  readonly site: string;
  readonly quirk: string;
  /** Applications that reached the site. */
  readonly sent: 0 | 1;
  readonly end: Pick<TaskDetail, "outcome" | "reason">;
}

/** A code is asked for in answer to what was sent, a challenge before anything leaves. Neither stores anything. */
const walls: readonly Wall[] = [
  {
    site: "greenhouse",
    quirk: "code",
    sent: 1,
    end: { outcome: "rejected", reason: "EMAIL_CODE_REQUIRED" },
  },
  {
    site: "lever",
    quirk: "challenge",
    sent: 0,
    end: { outcome: "not_submitted", reason: "CAPTCHA_UNSOLVED" },
  },
];

test.each(everyCaseOr(walls, walls.slice(0, 1)))(
  "$site: a $quirk after the click is told as $end.outcome, and nothing is clicked again",
  async ({ site, quirk, sent, end }) => {
    const count = async () => ({ all: await sentTo(site, "all"), stored: await sentTo(site) });
    const before = await count();
    const posting = await postingOf(site, 3);
    const task = await applyAnswering(`${posting}?quirk=${quirk}`, "autopilot");
    expect(task).toMatchObject(end);
    expect(await count()).toEqual({ all: before.all + sent, stored: before.stored });
    const again = await ada.apply("", { jobUrl: posting, mode: "copilot" });
    await ada.client.cancelTask(again.id);
  },
  limitMs,
);

test.each(everyCaseOr(["greenhouse"], []))(
  "%s: what an answer brings up is reviewed, sent, and filled again on a new browser",
  async (site) => {
    const posting = await postingOf(site, 1);
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
  },
);

test.each(everyCaseOr(["generic"], []))(
  "%s: a button that may be the last one is asked about, and until then what it sends stays at the gate",
  async (site) => {
    const jobUrl = `${await postingOf(site, 4)}?quirk=unmarked`;
    const arrivedWhenAsked: number[] = [];
    const task = await applyAnswering(jobUrl, "autopilot", async (questions) => {
      const requests = (await valet.requests()).filter((request) => request.site === site);
      if (questions.some(({ fieldId }) => fieldId === "way-on"))
        arrivedWhenAsked.push(requests.length);
    });
    expect(arrivedWhenAsked).toEqual([0]);
    expect(task).toMatchObject({ platform: site, outcome: "confirmed" });
    expect(await sentTo(site)).toBe(1);
  },
  limitMs,
);

test.each(everyCaseOr(["ashby"], []))(
  "%s: a required question that an answer brings up is asked, and nothing is sent without it",
  async (site) => {
    const posting = await postingOf(site, 1);
    const before = (await valet.submits()).length;
    const { id } = await ada.apply("", { jobUrl: `${posting}?quirk=reveals-question` });
    const { humanStep } = await ada.untilState(id, "awaiting_human");
    expect(humanStep?.questions).toMatchObject([
      { question: "How would you get to the office from there?" },
    ]);
    expect(await valet.submits()).toHaveLength(before);
    const fieldId = humanStep?.questions?.[0]?.fieldId ?? "";
    await ada.client.answerQuestions(id, { answers: { [fieldId]: "By bicycle" } });
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
    expect(await valet.submits()).toHaveLength(before + 1);
  },
);

test.each(everyCaseOr(["greenhouse"], []))(
  "%s: a form that is not the published one is reviewed in autopilot too",
  async (site) => {
    const posting = await postingOf(site, 6);
    const task = await applyAnswering(`${posting}?quirk=unpublished`, "autopilot");
    expect(task).toMatchObject({
      state: "awaiting_review",
      humanStep: { reason: expect.stringContaining("not the one that the employer publishes") },
    });
    await ada.client.cancelTask(task.id);
    const plain = await applyAnswering(posting, "autopilot");
    expect(plain).toMatchObject({ outcome: "confirmed" });
  },
  limitMs,
);

test.each(everyCaseOr(["workable"], []))(
  "%s: a form in which nothing is called what it was is filled like any other, and the person is told",
  async (site) => {
    const posting = await postingOf(site, 6);
    const task = await applyAnswering(`${posting}?quirk=redesigned`, "autopilot");
    expect(task).toMatchObject({ platform: site, outcome: "confirmed" });
    const messages = (await ada.events(task.id)).map(({ data }) => JSON.stringify(data));
    expect(messages.filter((text) => text.includes("read like any other form"))).toHaveLength(1);
  },
  limitMs,
);

test("a site that is not practised on is not opened", async () => {
  const jobUrl = "https://jobs.example.com/engineer";
  await expect(ada.apply("", { jobUrl })).rejects.toMatchObject({ code: "JOB_URL_UNKNOWN_HOST" });
});
