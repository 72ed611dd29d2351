import type { Profile, TaskDetail, TaskMode } from "@valet/contracts";
import { isEnded } from "@valet/domain";
import { siteNames } from "@valet/sites";
import { type TestValet, everyCaseOr, startValet, until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type Applicant, createApplicant, facts } from "./applicant.fixture.ts";
import { killBrowsers } from "./browsers.fixture.ts";
import { atThePage, solveCaptcha } from "./person-at-page.fixture.ts";

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
      // The task and its step are read one after the other: both have to say it.
      const isWaiting = task.state === "awaiting_human" || task.state === "awaiting_review";
      const isAsked = isWaiting && humanStep !== null && !answered.has(humanStep.id);
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

test("without a browser a preview tells open postings from closed ones, and what the sites publish of their forms", async () => {
  const open = await Promise.all(
    vendors.map(async (site) => ada.client.previewTask(await postingOf(site, 5))),
  );
  expect(open.map(({ site }) => site)).toEqual(vendors);
  const kinds = new Set(open.map(({ liveness }) => liveness));
  expect([...kinds].filter((kind) => kind !== "open" && kind !== "unknown")).toEqual([]);
  const published = open.filter(({ questions }) => questions !== null);
  expect(published.map(({ site }) => site).toSorted()).toEqual([
    "bamboohr",
    "greenhouse",
    "lever",
    "recruitee",
  ]);
  expect(published.filter(({ liveness }) => liveness !== "open")).toEqual([]);
  const closed = await Promise.all(
    vendors.map(async (site) => {
      const { liveness } = await ada.client.previewTask(`${await postingOf(site, 5)}?quirk=closed`);
      return `${site} ${liveness}`;
    }),
  );
  expect(closed.filter((one) => one.endsWith(" open"))).toEqual([]);
  expect(await valet.submits()).toEqual([]);
});

test.each(everyCaseOr(["greenhouse"], []))(
  "%s: what a preview says will be asked is what is asked",
  async (site) => {
    const { application } = prepared;
    await ada.client.putProfile({ ...prepared, application: { ...application, savedAnswers: [] } });
    const jobUrl = await postingOf(site, 5);
    const { questions } = await ada.client.previewTask(jobUrl);
    const { id } = await ada.apply("", { jobUrl });
    const { humanStep } = await untilAskedOrEnd(id, new Set());
    const foreseen = questions?.filter(({ action }) => action === "ask") ?? [];
    expect(foreseen.map(({ question }) => question).toSorted()).toEqual(
      humanStep?.questions?.map(({ question }) => question).toSorted(),
    );
    expect(foreseen).not.toEqual([]);
    await ada.client.cancelTask(id);
    await ada.client.putProfile(prepared);
  },
  limitMs,
);

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

/** Applications that reached a site, and those that it stored. */
const countOf = async (site: string) => ({
  all: await sentTo(site, "all"),
  stored: await sentTo(site),
});

/** What the site has mailed to the person: whoever may read the mail finds it. */
async function mailedCode(): Promise<string> {
  const mail = (await valet.requests()).findLast(({ kind }) => kind === "code");
  return z.object({ fields: z.object({ code: z.string() }) }).parse(mail).fields.code;
}

/** Until the application asks something after this. */
function untilAskedAgain(id: string, before: string | undefined): Promise<TaskDetail> {
  return untilAskedOrEnd(id, new Set([before ?? ""]));
}

test(
  "greenhouse: the code that it mails after the click is said, a wrong one is asked for again, and it is stored once",
  async () => {
    const before = await countOf("greenhouse");
    const task = await applyAnswering(
      `${await postingOf("greenhouse", 3)}?quirk=code`,
      "autopilot",
    );
    expect(task).toMatchObject({
      state: "awaiting_human",
      humanStep: { kind: "email_code", codeLength: 8 },
    });
    expect(await countOf("greenhouse")).toEqual({ ...before, all: before.all + 1 });
    const { id, humanStep } = task;
    const stepId = humanStep?.id ?? "";
    await expect(ada.client.humanStepDone(id, stepId)).rejects.toMatchObject({
      code: "CODE_REQUIRED",
    });
    await expect(ada.client.humanStepDone(id, stepId, { code: "ABC" })).rejects.toMatchObject({
      code: "INVALID_ANSWER",
    });
    await ada.client.humanStepDone(id, stepId, { code: "WRONG123" });
    const again = await untilAskedAgain(id, stepId);
    expect(again).toMatchObject({
      humanStep: { kind: "email_code", reason: expect.stringContaining("did not take the code") },
    });
    const code = await mailedCode();
    await ada.client.humanStepDone(id, again.humanStep?.id ?? "", { code });
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
    expect(await countOf("greenhouse")).toEqual({
      all: before.all + 3,
      stored: before.stored + 1,
    });
    const events = JSON.stringify(await ada.events(id));
    expect(events).not.toContain(code);
  },
  limitMs,
);

test.each(everyCaseOr(["lever"], []))(
  "%s: a challenge after the click is solved by the person, and it is stored once",
  async (site) => {
    const before = await countOf(site);
    const task = await applyAnswering(`${await postingOf(site, 3)}?quirk=challenge`, "autopilot");
    expect(task).toMatchObject({ state: "awaiting_human", humanStep: { kind: "captcha" } });
    expect(await countOf(site)).toEqual(before);
    await ada.client.captchaSolved(task.id);
    const again = await untilAskedAgain(task.id, task.humanStep?.id);
    expect(again).toMatchObject({ humanStep: { reason: expect.stringContaining("still there") } });
    await atThePage(valet, task, solveCaptcha);
    await ada.client.captchaSolved(task.id);
    expect(await ada.untilEnd(task.id)).toMatchObject({ outcome: "confirmed" });
    expect(await countOf(site)).toEqual({ all: before.all + 1, stored: before.stored + 1 });
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
