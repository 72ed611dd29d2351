import { StepName, type TaskEvent, ValetError } from "@valet/contracts";
import type { ValetClient } from "@valet/client";
import { type StepRun, endedRun } from "../../demo/ended-run.ts";
import type { VerbDeps } from "../../verb.ts";
import { readHistogram } from "../read-histogram.ts";
import { until } from "../until.ts";
import { type BenchValet, startBenchValet } from "./start-bench-valet.ts";
import { type Turn, type TurnInput, jobsOf } from "./turn.ts";
import { watchProcessors } from "./watch-processors.ts";

/** Looking costs what is measured; when it ended is in the events. */
const patience = { limitMs: 20 * 60_000, lookEveryMs: 1_000 };

/** Where an application's time went, in milliseconds. */
export interface ApplicationTimes {
  /** From being made by its batch to its confirmation. */
  readonly madeToConfirmed: number;
  /** From being made to the start of its first step. */
  readonly madeToFirstStep: number;
  readonly steps: Readonly<Record<StepName, number>>;
  /** Between the end of a step and the start of the next. */
  readonly betweenSteps: number;
}

export interface ValetTurn extends Turn {
  readonly applications: readonly ApplicationTimes[];
  /** How long applications waited to be let start, on average. */
  readonly queueWaitMs: number;
  /** How many found a browser that waited for them. */
  readonly pooled: number;
  /** What the site stored of every application, as one text. */
  readonly content: string;
}

/** One turn of a whole Valet: a batch to get warm, then the one that counts. */
export async function runValetTurn(
  deps: VerbDeps,
  turn: TurnInput & { readonly workers: number },
  signal: AbortSignal,
): Promise<ValetTurn> {
  const valet = await startBenchValet(deps, turn, signal);
  const watch = watchProcessors(() => [...valet.processes(), { name: "bench", pid: process.pid }]);
  try {
    const jobs = jobsOf(turn);
    await runBatch(valet, jobs.slice(0, turn.warmUps), signal);
    const before = await readCounts(valet);
    const tasks = await runBatch(valet, jobs.slice(turn.warmUps), signal);
    const after = await readCounts(valet);
    const ended = tasks.map(({ events }) => ({
      madeAt: timeOf(events[0]),
      confirmedAt: timeOf(events.findLast(({ type }) => type === "completed")),
    }));
    const startedAt = Math.min(...ended.map(({ madeAt }) => madeAt));
    const endedAt = Math.max(...ended.map(({ confirmedAt }) => confirmedAt));
    return {
      confirmed: tasks.length,
      tookMs: endedAt - startedAt,
      processors: watch.between(startedAt, endedAt),
      applications: tasks.map(timesOf),
      queueWaitMs: ((after.waited - before.waited) * 1_000) / tasks.length,
      pooled: after.pooled - before.pooled,
      content: await valet.practice.assertEachOnce(jobs),
    };
  } finally {
    watch.close();
    await valet.close();
  }
}

interface EndedTask {
  readonly events: readonly TaskEvent[];
  readonly steps: readonly StepRun[];
}

async function runBatch(
  { client, resumeId, practice }: BenchValet,
  jobs: readonly string[],
  signal: AbortSignal,
): Promise<EndedTask[]> {
  const jobUrls = jobs.map(practice.postingOf);
  const wanted = { jobUrls, resumeId, mode: "autopilot", start: "now" } as const;
  const { id } = await client.createBatch(wanted, {}, signal);
  const done = await until(
    "the batch is done",
    async () => {
      const batch = await client.getBatch(id, { limit: 1 }, signal);
      return batch.state === "done" && batch;
    },
    { ...patience, signal },
  );
  const { outcomes } = done.counts;
  if (outcomes.confirmed !== jobs.length) {
    throw new ValetError("INTERNAL", "Not every application of the batch was confirmed.", {
      wanted: jobs.length,
      ...outcomes,
    });
  }
  const { jobs: lines } = await client.getBatch(id, { limit: jobs.length }, signal);
  const ids = lines.flatMap(({ task }) => (task === null ? [] : [task.id]));
  const ended: EndedTask[] = [];
  for (const taskId of ids) ended.push(await readTask(client, taskId, signal));
  return ended;
}

async function readTask(
  client: ValetClient,
  taskId: string,
  signal: AbortSignal,
): Promise<EndedTask> {
  const { events } = await client.listEvents(taskId, { limit: 500 }, signal);
  return { events, steps: await endedRun(client, taskId, signal) };
}

function timesOf({ events, steps }: EndedTask): ApplicationTimes {
  const madeAt = timeOf(events[0]);
  const confirmedAt = timeOf(events.findLast(({ type }) => type === "completed"));
  const stepOf = (name: StepName) => {
    const step = steps.find((one) => one.name === name);
    return {
      startedAt: Date.parse(step?.startedAt ?? ""),
      finishedAt: Date.parse(step?.finishedAt ?? ""),
    };
  };
  const names = StepName.options;
  const between = names.slice(1).map((name, index) => {
    const before = names[index];
    return before === undefined ? 0 : stepOf(name).startedAt - stepOf(before).finishedAt;
  });
  const ms = (name: StepName) => stepOf(name).finishedAt - stepOf(name).startedAt;
  return {
    madeToConfirmed: confirmedAt - madeAt,
    madeToFirstStep: stepOf("start-browser").startedAt - madeAt,
    steps: {
      "start-browser": ms("start-browser"),
      "analyze-form": ms("analyze-form"),
      "fill-fields": ms("fill-fields"),
      "upload-resume": ms("upload-resume"),
      "check-captcha": ms("check-captcha"),
      submit: ms("submit"),
      verify: ms("verify"),
    },
    betweenSteps: between.reduce((sum, one) => sum + one, 0),
  };
}

/** In milliseconds of the epoch; NaN where there is no such event. */
function timeOf(event: TaskEvent | undefined): number {
  return Date.parse(event?.at ?? "");
}

async function readCounts({
  apiUrl,
  hostUrl,
}: BenchValet): Promise<{ readonly waited: number; readonly pooled: number }> {
  const waits = await readHistogram(
    { url: apiUrl },
    "valet_queue_wait_seconds",
    '{site="generic"}',
  );
  const text = await (await fetch(`${hostUrl}/metrics`)).text();
  const hits = /^valet_session_pool_total\{result="hit"\} (\d+)$/mu.exec(text)?.[1];
  return { waited: waits.sum, pooled: Number(hits ?? 0) };
}
