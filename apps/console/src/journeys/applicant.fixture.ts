import { type ValetClient, createValetClient } from "@valet/client";
import type { CreateTaskBody, Profile, Task, TaskDetail } from "@valet/contracts";
import { type TestValet, resumePdf, until } from "@valet/testkit";
import { z } from "zod";

const Sites = z.array(z.object({ name: z.string(), posting: z.url() }));

/** Somebody with an answer for what the practice sites ask. */
const facts: Profile = {
  basics: {
    name: "Ada Example",
    email: "ada@example.com",
    phone: "+1 303 555 0142",
    location: { city: "Denver", region: "Colorado", countryCode: "US" },
    profiles: [{ network: "LinkedIn", url: "https://www.linkedin.com/in/ada-example" }],
  },
  work: [{ name: "Example Instruments", position: "Software Engineer", startDate: "2018-03" }],
  application: {
    name: { first: "Ada", last: "Example" },
    workAuthorization: [{ country: "US", authorized: true, sponsorshipRequired: false }],
    yearsOfExperience: 7,
    noticePeriod: "1 month",
    over18: true,
    startDate: "2027-01-15",
    salary: { expected: 120_000, currency: "USD", period: "year" },
    relocation: { willing: true },
    referralSource: "Company website",
    previouslyEmployed: false,
    consents: { privacy: true },
    savedAnswers: [
      { question: "Why do you want to work with us?", answer: "Parcels should reach islands." },
      { question: "Which of these languages do you use?", answer: ["TypeScript"] },
    ],
  },
};

/** A person whose applications the console shows; what they do in it they do in a browser. Tests only. */
export interface ConsoleApplicant {
  readonly client: ValetClient;
  /** Starts one for a job of a practice site, such as `plain/jobs/engineer-7`, or at a whole address. */
  readonly apply: (job: string, options?: Partial<CreateTaskBody>) => Promise<Task>;
  /** Of a vendor's practice site, under the vendor's own host. */
  readonly postingOf: (site: string, seed: number) => Promise<string>;
  /** Answers what the form asks besides, as somebody does who is in a hurry. */
  readonly untilReview: (taskId: string) => Promise<TaskDetail>;
  readonly untilState: (taskId: string, state: Task["state"]) => Promise<TaskDetail>;
}

const untilMs = 110_000;

export async function postingOf(
  { practiceUrl }: TestValet,
  { site, seed }: { readonly site: string; readonly seed: number },
): Promise<string> {
  const listed = await fetch(`${practiceUrl}/sites.json?seed=${seed}`);
  return Sites.parse(await listed.json()).find(({ name }) => name === site)?.posting ?? "";
}

export async function createConsoleApplicant(valet: TestValet): Promise<ConsoleApplicant> {
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  await client.putProfile(facts);
  const { id: resumeId } = await client.uploadResume({
    fileName: "ada-example.pdf",
    body: resumePdf(),
  });
  async function answer({ id, humanStep }: TaskDetail): Promise<void> {
    const asked = humanStep?.questions ?? [];
    const answers = Object.fromEntries(
      asked.map(({ fieldId, options }) => [fieldId, options.at(-1) ?? "Nothing to add"]),
    );
    // Asked again before the first answer is used: then it is no longer open.
    await client.answerQuestions(id, { answers }).catch(() => undefined);
  }
  return {
    client,
    untilReview: (taskId) =>
      until(
        "the application is to be reviewed",
        async () => {
          const task = await client.getTask(taskId);
          if (task.finishedAt !== null) throw new Error(`It ended ${task.outcome}/${task.reason}.`);
          if (task.humanStep?.kind === "question") await answer(task);
          return task.state === "awaiting_review" && task.humanStep !== null && task;
        },
        untilMs,
      ),
    apply: (job, options = {}) =>
      client.createTask({
        jobUrl: URL.canParse(job) ? job : `${valet.practiceUrl}/${job}`,
        resumeId,
        mode: "copilot",
        ...options,
      }),
    postingOf: (site, seed) => postingOf(valet, { site, seed }),
    untilState: (taskId, state) =>
      until(
        `the application is ${state}`,
        async () => {
          const task = await client.getTask(taskId);
          if (task.finishedAt !== null && task.state !== state) {
            throw new Error(`It ended ${task.state} ${task.outcome}/${task.reason}.`);
          }
          return task.state === state && task;
        },
        untilMs,
      ),
  };
}
