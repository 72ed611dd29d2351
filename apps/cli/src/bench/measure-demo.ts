import { setTimeout as delay } from "node:timers/promises";
import { StepName, type TaskEvent, ValetError } from "@valet/contracts";
import { type StepRun, endedRun } from "../demo/ended-run.ts";
import type { PracticeValet } from "../demo/start-practice-valet.ts";

const thinkMs = 1_000;

export interface DemoSample {
  readonly approveToResumedMs: number;
  /** Without the moment the person takes. */
  readonly postToConfirmedMs: number;
  readonly steps: readonly StepRun[];
}

/**
 * One copilot application on the practice site, approved a second after it waits. The event log's clock
 * and ours are the same machine's.
 */
export async function measureDemo(
  practice: PracticeValet,
  jobNumber: number,
  signal: AbortSignal,
): Promise<DemoSample> {
  const { client, resumeId, practiceUrl } = practice;
  // A job of its own each time: nobody applies twice for the same one.
  const jobUrl = `${practiceUrl}/plain/jobs/engineer-${jobNumber}`;
  const postedAt = Date.now();
  const { id } = await client.createTask({ jobUrl, resumeId, mode: "copilot" }, {}, signal);
  const events: TaskEvent[] = [];
  let approvedAt = Number.NaN;
  let approving: Promise<unknown> = Promise.resolve();
  for await (const event of client.followTask(id, { signal })) {
    events.push(event);
    if (event.type !== "field_review") continue;
    // A person takes a moment as well: what counts is a run that has come to rest in its wait.
    await delay(thinkMs, undefined, { signal });
    approvedAt = Date.now();
    approving = client.approveTask(id, { digest: event.data.digest }, signal);
    // Awaited below; until then a failure must not end the process.
    approving.catch(() => undefined);
  }
  await approving;
  const resumedAt = timeOf(
    events,
    (event) => event.type === "state_change" && event.data.to === "submitting",
  );
  const confirmedAt = timeOf(
    events,
    (event) => event.type === "completed" && event.data.outcome === "confirmed",
  );
  return {
    approveToResumedMs: resumedAt - approvedAt,
    postToConfirmedMs: confirmedAt - postedAt - thinkMs,
    steps: await endedRun(client, id, signal),
  };
}

function timeOf(events: readonly TaskEvent[], matches: (event: TaskEvent) => boolean): number {
  const event = events.find(matches);
  if (event !== undefined) return Date.parse(event.at);
  const last = events.at(-1);
  throw new ValetError(
    "INTERNAL",
    "An application of the benchmark did not come to its confirmation.",
    { lastEvent: last?.type },
    { cause: new Error(last?.type === "failed" ? last.data.code : "no such event") },
  );
}

/** Everything that was measured, by what it is: the promise first, then steps, then hops. */
export function demoSamples(samples: readonly DemoSample[]): Record<string, number[]> {
  const collected: Record<string, number[]> = {
    [approveToResumed]: samples.map(({ approveToResumedMs }) => approveToResumedMs),
    "POST → confirmed": samples.map(({ postToConfirmedMs }) => postToConfirmedMs),
  };
  for (const [index, name] of StepName.options.entries()) {
    const previous = StepName.options[index - 1];
    collected[`step ${name}`] = samples.flatMap(({ steps }) => stepMs(steps, name));
    if (previous === undefined) continue;
    collected[`hop ${previous} → ${name}`] = samples.flatMap(({ steps }) =>
      hopMs(steps, previous, name),
    );
  }
  return collected;
}

export const approveToResumed = "approve → resumed";

function stepMs(steps: readonly StepRun[], name: StepName): number[] {
  const ms = steps.find((step) => step.name === name)?.ms;
  return typeof ms === "number" ? [ms] : [];
}

function hopMs(steps: readonly StepRun[], from: StepName, to: StepName): number[] {
  const finishedAt = steps.find((step) => step.name === from)?.finishedAt;
  const startedAt = steps.find((step) => step.name === to)?.startedAt;
  if (typeof finishedAt !== "string" || startedAt === undefined) return [];
  return [Date.parse(startedAt) - Date.parse(finishedAt)];
}
