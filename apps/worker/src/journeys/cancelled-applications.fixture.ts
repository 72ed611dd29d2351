import type { CreateTaskBody, HumanStepKind, StepName, Task, TaskDetail } from "@valet/contracts";
import { isEnded } from "@valet/domain";
import { type HoldPoints, type TestValet, until } from "@valet/testkit";
import postgres from "postgres";
import { z } from "zod";
import type { Applicant } from "./applicant.fixture.ts";

/** Where an application stands when its person gives it up. */
export interface CancelCase {
  readonly name: string;
  /** The beginning of a job's address at the practice sites, or a vendor's site and what it does. */
  readonly job: string | { readonly site: string; readonly quirk: string };
  readonly options?: Partial<CreateTaskBody>;
  readonly at:
    | { readonly kind: "point"; readonly name: string }
    /** In `check-captcha` unless given. */
    | { readonly kind: "wait"; readonly for: HumanStepKind; readonly in?: StepName };
}

/** What came of it; times in milliseconds since the person's request began. */
export interface CancelRow {
  readonly name: string;
  readonly answer: Pick<Task, "state" | "outcome"> | { readonly refused: string };
  readonly isSameTwice: boolean;
  readonly end: string;
  readonly sent: number;
  /** Attempts that still hold the job. */
  readonly attempts: number;
  readonly stoppedMs: number;
  readonly releasedMs: number;
}

export interface CancelStage {
  readonly valet: TestValet;
  readonly ada: Applicant;
  readonly points: HoldPoints;
}

const plain = "plain/jobs/engineer";
const point = (name: string): CancelCase => ({
  name,
  job: plain,
  at: { kind: "point", name },
});

/** Every step and child at its begin and wherever it stops in the middle, until something is on its way. */
export const stepCases: readonly CancelCase[] = [
  "outbox:before-send",
  "start-browser:start",
  "start-browser:end",
  "analyze-form:start",
  "analyze-form:end",
  "fill-fields:start",
  "fill-page:start",
  "fill-page:filled",
  "upload-resume:start",
  "upload-resume:attached",
  "check-captcha:start",
  "check-captcha:end",
  "submit:start",
  "dispatch:start",
  "dispatch:read-back",
  "dispatch:armed",
  "dispatch:gate-armed",
].map(point);

export const waitCases: readonly CancelCase[] = [
  {
    name: "review",
    job: plain,
    options: { mode: "copilot" },
    at: { kind: "wait", for: "review", in: "submit" },
  },
  { name: "captcha", job: `${plain}-captcha`, at: { kind: "wait", for: "captcha" } },
  { name: "question", job: `${plain}-unknown-question`, at: { kind: "wait", for: "question" } },
  {
    name: "takeover",
    job: plain,
    options: { mode: "copilot" },
    at: { kind: "wait", for: "takeover" },
  },
  {
    name: "consent",
    job: { site: "generic", quirk: "consent" },
    at: { kind: "wait", for: "consent" },
  },
  {
    name: "sign-in",
    job: { site: "generic", quirk: "account" },
    at: { kind: "wait", for: "sign_in" },
  },
  {
    name: "code on the way",
    job: { site: "icims", quirk: "code" },
    at: { kind: "wait", for: "email_code" },
  },
  {
    name: "code after the click",
    job: { site: "greenhouse", quirk: "code" },
    at: { kind: "wait", for: "email_code", in: "submit" },
  },
];

/** From here on something may have left. */
export const sentCases: readonly CancelCase[] = ["verify:start", "submit:end", "verify:judged"].map(
  point,
);

/** These come before the answer to the request that starts the application. */
const early = new Set(["outbox:before-send", "start-browser:start"]);

const soonMs = 110_000;
let number = 700;

/** Starts an application, cancels it where the case says, and looks what comes of it. */
export async function cancelOne(stage: CancelStage, tried: CancelCase): Promise<CancelRow> {
  const { ada, valet } = stage;
  number += 1;
  // Taken at once: others begin meanwhile.
  const ownNumber = number;
  const storedBefore = (await valet.submits()).length;
  const { id, letGo } = await bringTo(stage, tried, await addressOf(valet, tried.job, ownNumber));
  const startedAt = Date.now();
  const answer = await cancel(ada, id);
  letGo();
  const again = await cancel(ada, id);
  const released = until(
    "the browser is given back",
    async () => !(await isBrowserLive(valet, id)) && Date.now(),
    soonMs,
  );
  const end = await ada.untilEnd(id);
  const { stoppedAt, attempts } = await untilStopped(valet, id);
  return {
    name: tried.name,
    answer,
    isSameTwice: JSON.stringify(answer) === JSON.stringify(again),
    end: `${end.outcome}/${end.reason}`,
    sent: await sentSince(valet, { tried, jobUrl: end.jobUrl, storedBefore }),
    attempts,
    stoppedMs: Math.max(0, stoppedAt - startedAt),
    releasedMs: (await released) - startedAt,
  };
}

const Sites = z.array(z.object({ name: z.string(), posting: z.url() }));

/** Each time another job. */
async function addressOf(
  valet: TestValet,
  job: CancelCase["job"],
  ownNumber: number,
): Promise<string> {
  if (typeof job === "string") return `${valet.practiceUrl}/${job}-${ownNumber}`;
  const listed = await fetch(`${valet.practiceUrl}/sites.json?seed=${ownNumber}`);
  const posting = Sites.parse(await listed.json()).find(({ name }) => name === job.site)?.posting;
  return `${posting}?quirk=${job.quirk}`;
}

async function bringTo(
  { ada, points }: CancelStage,
  { at, options }: CancelCase,
  jobUrl: string,
): Promise<{ readonly id: string; readonly letGo: () => void }> {
  if (at.kind === "wait") {
    const { id } = await ada.apply("", { jobUrl, ...options });
    if (at.for === "takeover") {
      await ada.untilState(id, "filling");
      await ada.client.takeOverTask(id, { mode: "control" });
    }
    await until(
      `it waits for ${at.for}`,
      async () => {
        const [task, run] = await Promise.all([ada.client.getTask(id), ada.client.getRun(id)]);
        if (isEnded(task.state)) throw new Error(`It ended ${task.outcome}/${task.reason}.`);
        const isAsked = task.humanStep?.kind === at.for;
        if (!isAsked) await answerOnTheWay(ada, task);
        const step = at.in ?? "check-captcha";
        return isAsked && run.nodes.some(({ name, state }) => name === step && state === "waiting");
      },
      soonMs,
    );
    return { id, letGo: () => {} };
  }
  const soon = early.has(at.name) ? points.hold(at.name) : undefined;
  const { id } = await ada.apply("", { jobUrl, ...options });
  const held = await (soon ?? points.hold(at.name, id));
  return { id: held.taskId, letGo: held.release };
}

/** What a vendor's form asks that nobody has stored. */
async function answerOnTheWay(ada: Applicant, { id, humanStep }: TaskDetail): Promise<void> {
  if (humanStep?.kind !== "question") return;
  const answers = (humanStep.questions ?? []).map(({ fieldId, options }) => [
    fieldId,
    options.at(-1) ?? "Nothing to add",
  ]);
  await ada.client.answerQuestions(id, { answers: Object.fromEntries(answers) });
}

/** Vendors name their jobs in many ways; at their sites nobody else applies meanwhile. */
async function sentSince(
  valet: TestValet,
  given: {
    readonly tried: CancelCase;
    readonly jobUrl: string;
    readonly storedBefore: number;
  },
): Promise<number> {
  const { job } = given.tried;
  if (typeof job === "string") return (await valet.submits(given.jobUrl.split("/").at(-1))).length;
  const since = (await valet.submits()).slice(given.storedBefore);
  return since.filter(({ site }) => site === job.site).length;
}

async function cancel(ada: Applicant, id: string): Promise<CancelRow["answer"]> {
  try {
    const { state, outcome } = await ada.client.cancelTask(id);
    return { state, outcome };
  } catch (error) {
    if (error instanceof Error && "code" in error) return { refused: String(error.code) };
    throw error;
  }
}

async function isBrowserLive(valet: TestValet, taskId: string): Promise<boolean> {
  const response = await fetch(`${valet.sessionHost.url}/sessions`, {
    headers: { authorization: `Bearer ${valet.sessionHost.token}` },
  });
  // Only the members this test looks at.
  const { sessions } = (await response.json()) as { sessions: { taskId: string; state: string }[] };
  return sessions.some((one) => one.taskId === taskId && one.state === "live");
}

/**
 * When the last of its step code had come to its end, by the database's clock, which is this machine's, and
 * what it left behind.
 */
async function untilStopped(
  valet: TestValet,
  taskId: string,
): Promise<{ readonly stoppedAt: number; readonly attempts: number }> {
  const sql = postgres(valet.databaseUrl, { max: 1, fetch_types: false });
  try {
    const stoppedAt = await until(
      "no step of it works any more",
      async () => {
        const [row] = await sql<{ open: number; last: Date | null }[]>`
          select count(*) filter (where finished_at is null)::int as open, max(finished_at) as last
          from step_runs where task_id = ${taskId}`;
        return row?.open === 0 && (row.last?.getTime() ?? 1);
      },
      soonMs,
    );
    const [row] = await sql<{ attempts: number }[]>`
      select count(*)::int as attempts from submission_intents intent
      where task_id = ${taskId} and is_live_intent(intent)`;
    return { stoppedAt, attempts: row?.attempts ?? 0 };
  } finally {
    await sql.end();
  }
}

/** One line a case: how often, and how long it took at most and in 95 of 100. */
export function cancelTable(rows: readonly CancelRow[]): string {
  const cases = Object.entries(Object.groupBy(rows, ({ name }) => name));
  const head =
    "| cancelled at | n | sent | step code stopped p95 / max | browser released p95 / max |";
  const lines = cases.map(([name, some = []]) => {
    const sent = some.reduce((sum, row) => sum + row.sent, 0);
    const stopped = timesText(some.map(({ stoppedMs }) => stoppedMs));
    const released = timesText(some.map(({ releasedMs }) => releasedMs));
    return `| ${name} | ${some.length} | ${sent} | ${stopped} | ${released} |`;
  });
  return [head, "| --- | --- | --- | --- | --- |", ...lines].join("\n");
}

function timesText(times: readonly number[]): string {
  return `${percentile(times, 95)} / ${percentile(times, 100)} ms`;
}

/** The smallest time that this share of them does not exceed; 0 of none. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? 0;
}
