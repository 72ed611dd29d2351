import type { TaskDetail } from "@valet/contracts";
import { type CrashDesk, type TestValet, type Visit, until } from "@valet/testkit";
import type { Applicant } from "./applicant.fixture.ts";
import { type Way, accompany, ways } from "./applications.fixture.ts";
import { holdApplications } from "./hold-applications.fixture.ts";
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
  /** Where it is on its way out of the first crash when the victim dies once more. */
  readonly andThen?: string;
}

export interface CrashRow {
  readonly taskId: string;
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

const gatherMs = 240_000;
const parkMs = 90_000;
/** The engine gives up a step for its time, `dispatch` after 60 s; 30 of them pass until a worker is missed. */
const heldMs = 20_000;
/** A lost worker's work is given away after 30 s. */
const parkAgainMs = 90_000;
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
  const held = holdApplications(desk);
  const stop = new AbortController();
  try {
    const applied: Applied[] = [];
    for (const [index, target] of targets.entries()) {
      const one = await apply(stage, target, `${batch.number}${String(index).padStart(2, "0")}`);
      held.expect(one.taskId, target);
      applied.push(one);
    }
    let over = 0;
    const ends = applied.map(async ({ target: { way }, taskId }): Promise<Ended> => {
      const task = await accompany({ ...stage, taskId }, way, stop.signal);
      over += 1;
      return { task, at: performance.now() };
    });
    const all = targets.length;
    await until("they are gathered", () => held.gathered() + over >= all, gatherMs);
    held.go();
    const areParked = () => held.parked().length + over >= all || held.heldForMs() >= heldMs;
    await until("they are parked", areParked, parkMs);
    const parked = held.parked();
    await victims.strike(victim, parked);
    held.letGo();
    if (targets.some(({ andThen }) => andThen !== undefined)) {
      await until("parked again", () => held.parkedAgain() + over >= all, parkAgainMs).catch(
        () => {},
      );
      await victims.strike(victim);
    }
    const backAt = performance.now();
    desk.release();
    const limit = setTimeout(() => stop.abort(), recoveryLimitMs);
    const ended = await Promise.all(ends).finally(() => clearTimeout(limit));
    return await judgeAll(stage, { victim, backAt, parked, applied, ended });
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

interface Judged {
  readonly victim: VictimName;
  readonly backAt: number;
  readonly parked: readonly Visit[];
  readonly applied: readonly Applied[];
  readonly ended: readonly Ended[];
}

function judgeAll(
  { valet }: CrashStage,
  { victim, backAt, parked, applied, ended }: Judged,
): Promise<CrashRow[]> {
  const stood = new Set(parked.map(({ taskId }) => taskId));
  return Promise.all(
    applied.map(async ({ target: { point, way, andThen }, job, taskId }, index) => {
      const { task, at } = ended[index] ?? { task: undefined, at: backAt };
      const { sent, faults } = await judgeApplication(valet, { taskId, job, task });
      return {
        taskId,
        point: andThen === undefined ? point : `${point}, then ${andThen}`,
        way,
        victim,
        isParked: stood.has(taskId),
        end: task === undefined ? "stuck" : `${task.outcome}/${task.reason}`,
        sent,
        recoveryMs: Math.max(0, Math.round(at - backAt)),
        faults,
      };
    }),
  );
}
