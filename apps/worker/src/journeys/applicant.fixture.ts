import type { CreateTaskBody, Profile, Task, TaskDetail, TaskEvent } from "@valet/contracts";
import { isEnded } from "@valet/domain";
import { type ResumeFile, createValetClient } from "@valet/client";
import { type TestValet, resumePdf, until } from "@valet/testkit";

/** A person who uses Valet through its API, with facts for everything the practice sites ask. */
export interface Applicant {
  readonly client: ReturnType<typeof createValetClient>;
  readonly resumeId: string;
  /** Starts an application to a job of a practice site, such as `plain/jobs/engineer-7`. */
  readonly apply: (
    job: string,
    options?: Partial<CreateTaskBody>,
    idempotencyKey?: string,
  ) => Promise<Task>;
  readonly untilState: (
    taskId: string,
    state: Task["state"],
    timeoutMs?: number,
  ) => Promise<TaskDetail>;
  readonly untilEnd: (taskId: string, timeoutMs?: number) => Promise<TaskDetail>;
  readonly events: (taskId: string) => Promise<TaskEvent[]>;
  /** Approves what the open review shows. */
  readonly approve: (taskId: string, fieldOverrides?: Record<string, string>) => Promise<void>;
}

/** Stands in every value that must never leave the database: found anywhere else, it is a leak. */
export const canary = "Canaria";

export const facts: Profile = {
  basics: {
    name: `Ada ${canary}`,
    email: "ada.canaria@example.com",
    phone: "+1 202 555 0143",
    location: { city: "Springfield", countryCode: "US", region: "Illinois" },
    profiles: [{ network: "LinkedIn", url: "https://www.linkedin.com/in/ada-canaria" }],
  },
  application: {
    name: { first: "Ada", last: canary },
    workAuthorization: [{ country: "US", authorized: true, sponsorshipRequired: false }],
    yearsOfExperience: 7,
    noticePeriod: "1 month",
    consents: { privacy: true },
  },
};

/** On a machine that is busy with other tests; just under the limit of a test. */
const untilMs = 110_000;

export interface ApplicantInput {
  /** Of another person than the first one. */
  readonly apiKey: string;
  readonly profile: Profile;
  readonly resume: ResumeFile;
  readonly fetch: typeof fetch;
}

export async function createApplicant(
  valet: TestValet,
  input: Partial<ApplicantInput> = {},
): Promise<Applicant> {
  const { profile = facts, resume: file = adasResume } = input;
  const client = createValetClient({
    url: valet.apiUrl,
    apiKey: input.apiKey ?? valet.apiKey,
    ...(input.fetch === undefined ? {} : { fetch: input.fetch }),
  });
  await client.putProfile(profile);
  const resume = await client.uploadResume(file);
  const untilState: Applicant["untilState"] = (taskId, state, timeoutMs = untilMs) =>
    until(
      `task is ${state}`,
      async () => {
        const task = await client.getTask(taskId);
        if (isEnded(task.state) && task.state !== state) {
          throw new Error(
            `The task ended ${task.state} ${task.outcome}/${task.reason} in place of ${state}.`,
          );
        }
        return task.state === state && task;
      },
      timeoutMs,
    );
  return {
    client,
    resumeId: resume.id,
    apply: (job, options = {}, idempotencyKey) =>
      client.createTask(
        {
          jobUrl: `${valet.practiceUrl}/${job}`,
          resumeId: resume.id,
          mode: "autopilot",
          ...options,
        },
        idempotencyKey === undefined ? {} : { idempotencyKey },
      ),
    untilState,
    untilEnd: (taskId, timeoutMs = untilMs) =>
      until(
        "task has ended",
        async () => {
          const task = await client.getTask(taskId);
          return isEnded(task.state) && task;
        },
        timeoutMs,
      ),
    events: async (taskId) => (await client.listEvents(taskId, { after: 0 })).events,
    approve: async (taskId, fieldOverrides) => {
      const { humanStep } = await untilState(taskId, "awaiting_review");
      if (humanStep?.digest === undefined) throw new Error("The task shows no review.");
      await client.approveTask(taskId, {
        digest: humanStep.digest,
        ...(fieldOverrides === undefined ? {} : { fieldOverrides }),
      });
    },
  };
}

const adasResume: ResumeFile = { fileName: "ada-canaria.pdf", body: resumePdf() };
