import type { TaskDetail } from "@valet/contracts";
import { type CrashDesk, type TestValet, type Visit, until } from "@valet/testkit";
import type { Applicant } from "./applicant.fixture.ts";
import { type Way, accompany, ways } from "./applications.fixture.ts";
import { judgeApplication } from "./submission-oracle.fixture.ts";
import type { VictimName, Victims } from "./victims.fixture.ts";

/** Where one application is to be when the victim dies. */
export interface Target {
  readonly point: string;
  /** Which of its visits, counted from one. */
  readonly visit: number;
  /** How many steps end before the guarded part begins. */
  readonly stepsBefore: number;
  readonly way: Way;
}

export interface CrashRow {
  readonly point: string;
  readonly way: Way;
  readonly victim: VictimName;
  /** Whether the application stood there when the victim died. */
  readonly isParked: boolean;
  readonly end: string;
  readonly sent: number;
  /** From the victim's return to the end. */
  readonly recoveryMs: number;
  readonly faults: readonly string[];
}

export interface CrashStage {
  readonly valet: TestValet;
  readonly ada: Applicant;
  readonly desk: CrashDesk;
  readonly victims: Victims;
}

interface Batch {
  readonly victim: VictimName;
  readonly targets: readonly Target[];
  /** Unique among the batches of a Valet: stands in the jobs' names. */
  readonly number: number;
}

/** The last stop before the guarded part, in a step that may take its time. */
export const stepEnd = "run-step#runOwnStep:recordStepEnd";
const gatherMs = 240_000;
/** Nobody is to be held so long that the engine gives up a step for its time. */
const parkMs = 60_000;
/** After the victim is back every application has to end within this time, or wait for a person. */
export const recoveryLimitMs = 120_000;

interface Applied {
  readonly target: Target;
  readonly job: string;
  readonly taskId: string;
}

interface Ended {
  readonly task: TaskDetail | undefined;
  readonly at: number;
}

/** Parks each application at its point, kills the victim, and says what became of every one. */
export async function crashBatch(stage: CrashStage, batch: Batch): Promise<CrashRow[]> {
  const { desk, victims } = stage;
  const { victim, targets } = batch;
  const parked = holdAt(desk);
  const stop = new AbortController();
  try {
    const applied: Applied[] = [];
    for (const [index, target] of targets.entries()) {
      applied.push(await apply(stage, target, `${batch.number}${String(index).padStart(2, "0")}`));
      parked.expect(applied.at(-1)?.taskId ?? "", target);
    }
    let over = 0;
    const ends = applied.map(async ({ target: { way }, taskId }): Promise<Ended> => {
      const task = await accompany({ ...stage, taskId }, way, stop.signal);
      over += 1;
      return { task, at: performance.now() };
    });
    const all = targets.length;
    await until("they are gathered", () => parked.gathered() + over >= all, gatherMs);
    parked.go();
    await until("they are parked", () => parked.tasks.size + over >= all, parkMs).catch(() => {});
    const stood = new Set(parked.tasks);
    await victims.strike(victim, parked.visits());
    const backAt = performance.now();
    desk.release();
    const limit = setTimeout(() => stop.abort(), recoveryLimitMs);
    const ended = await Promise.all(ends).finally(() => clearTimeout(limit));
    return await Promise.all(
      applied.map(async ({ target, job, taskId }, index): Promise<CrashRow> => {
        const { task, at } = ended[index] ?? { task: undefined, at: backAt };
        const { sent, faults } = await judgeApplication(stage.valet, { taskId, job, task });
        const end = task === undefined ? "stuck" : `${task.outcome}/${task.reason}`;
        const isParked = stood.has(taskId);
        const recoveryMs = Math.max(0, Math.round(at - backAt));
        const { point, way } = target;
        return { point, way, victim, isParked, end, sent, recoveryMs, faults };
      }),
    );
  } finally {
    stop.abort();
    desk.release();
    await victims.bury();
  }
}

async function apply({ ada }: CrashStage, target: Target, suffix: string): Promise<Applied> {
  const { job, mode } = ways[target.way];
  const path = `${job}-${suffix}`;
  const { id } = await ada.apply(path, { mode });
  return { target, job: path.split("/").at(-1) ?? path, taskId: id };
}

interface Parked {
  readonly expect: (taskId: string, target: Target) => void;
  /** How many stand before the guarded part. */
  readonly gathered: () => number;
  /** Lets those into it, all at the same time. */
  readonly go: () => void;
  /** Those that stand at their point. */
  readonly tasks: ReadonlySet<string>;
  readonly visits: () => readonly Visit[];
}

/** Holds each expected application before the guarded part, and then at its visit in it. */
function holdAt(desk: CrashDesk): Parked {
  const waiting = new Map<string, Target>();
  const counts = new Map<string, number>();
  const gathered = new Set<string>();
  const tasks = new Set<string>();
  const visits: Visit[] = [];
  let isGoing = false;
  const count = (key: string): number => {
    const now = (counts.get(key) ?? 0) + 1;
    counts.set(key, now);
    return now;
  };
  const decide = (seen: Visit): boolean => {
    const { name, taskId } = seen;
    // Where the code knows no task, it is whoever comes first.
    const anybody = isGoing ? [...waiting].find(([, { point }]) => point === name)?.[0] : undefined;
    const owner = taskId ?? anybody;
    const target = owner === undefined ? undefined : waiting.get(owner);
    if (owner === undefined || target === undefined) return false;
    const visit = count(`${owner} ${name}`);
    if (name === stepEnd && visit === target.stepsBefore) {
      gathered.add(owner);
      return true;
    }
    if (name !== target.point || visit < target.visit) return false;
    waiting.delete(owner);
    tasks.add(owner);
    visits.push(seen);
    return true;
  };
  desk.holdWhile(decide);
  return {
    expect: (taskId, target) => void waiting.set(taskId, target),
    gathered: () => gathered.size,
    go: () => {
      isGoing = true;
      desk.release();
      desk.holdWhile(decide);
    },
    tasks,
    visits: () => visits,
  };
}
