import type { CrashDesk, Visit } from "@valet/testkit";
import type { Target } from "./crash-batch.fixture.ts";

/** The last stop before the guarded part, in a step that may take its time. */
export const stepEnd = "run-step#runOwnStep:recordStepEnd";

/** Applications that are stopped on their way, at the point of each. */
export interface HeldApplications {
  readonly expect: (taskId: string, target: Target) => void;
  /** How many stand before the guarded part. */
  readonly gathered: () => number;
  /** Lets those into it, all at the same time. */
  readonly go: () => void;
  /** Where those were stopped that have come to their point. */
  readonly parked: () => readonly Visit[];
  /** How long the first of them has stood there; 0 while there is none. */
  readonly heldForMs: () => number;
  /** Lets everybody go on, and stops those that are to die once more at their next point. */
  readonly letGo: () => void;
  /** How many of these stand there. */
  readonly parkedAgain: () => number;
}

export function holdApplications(desk: CrashDesk): HeldApplications {
  const targets = new Map<string, Target>();
  const counts = new Map<string, number>();
  const gathered = new Set<string>();
  const parked = new Map<string, Visit>();
  const again = new Set<string>();
  let isGoing = false;
  let firstParkedAt: number | undefined;

  /** Where the code knows no task, it is whoever comes first. */
  function ownerOf({ name, taskId }: Visit): string | undefined {
    if (taskId !== undefined || !isGoing) return taskId;
    return [...targets].find(([id, { point }]) => point === name && !parked.has(id))?.[0];
  }

  function isStopped(visit: Visit): boolean {
    const owner = ownerOf(visit);
    const target = owner === undefined ? undefined : targets.get(owner);
    if (owner === undefined || target === undefined || parked.has(owner)) return false;
    const { name } = visit;
    const key = `${owner} ${name}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (name === stepEnd && count === target.stepsBefore) {
      gathered.add(owner);
      return true;
    }
    if (name !== target.point || count < target.visit) return false;
    firstParkedAt ??= performance.now();
    parked.set(owner, { ...visit, taskId: owner });
    return true;
  }

  function isStoppedAgain({ name, taskId }: Visit): boolean {
    if (taskId === undefined || again.has(taskId)) return false;
    if (targets.get(taskId)?.andThen !== name) return false;
    again.add(taskId);
    return true;
  }

  desk.holdWhile(isStopped);
  return {
    expect: (taskId, target) => void targets.set(taskId, target),
    gathered: () => gathered.size,
    go: () => {
      isGoing = true;
      desk.release();
      desk.holdWhile(isStopped);
    },
    parked: () => [...parked.values()],
    heldForMs: () => (firstParkedAt === undefined ? 0 : performance.now() - firstParkedAt),
    letGo: () => {
      desk.release();
      desk.holdWhile(isStoppedAgain);
    },
    parkedAgain: () => again.size,
  };
}
