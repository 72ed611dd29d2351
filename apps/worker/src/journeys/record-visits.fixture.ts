import type { CrashStage, Target } from "./crash-batch.fixture.ts";
import { stepEnd } from "./hold-applications.fixture.ts";
import { type Way, accompany, ways } from "./applications.fixture.ts";

/** From here on an application is guarded: before, it only reads and fills. */
const firstPoint = "upload-resume#uploadResume:writeTask";
const recordMs = 110_000;

/**
 * Lets one application of each way run undisturbed and gives, for every point that they come to, the first
 * way that comes there and the visit that is the first one of the guarded part.
 */
export async function recordVisits(stage: CrashStage, chosen: readonly Way[]): Promise<Target[]> {
  const { ada, desk } = stage;
  const targets = new Map<string, Target>();
  for (const [index, way] of chosen.entries()) {
    const { job, mode } = ways[way];
    const from = desk.visits.length;
    const { id } = await ada.apply(`${job}-9${index}`, { mode });
    const task = await accompany({ ...stage, taskId: id }, way, AbortSignal.timeout(recordMs));
    if (task === undefined) throw new Error(`An application (${way}) did not end undisturbed.`);
    const visits = desk.visits.slice(from);
    const own = visits.filter(({ taskId }) => taskId === id).map(({ name }) => name);
    const start = own.indexOf(firstPoint);
    if (start === -1) throw new Error(`An application (${way}) did not come to ${firstPoint}.`);
    const before = own.slice(0, start);
    const stepsBefore = before.filter((name) => name === stepEnd).length;
    // What the code does for no application in particular has no count of its own either.
    const guarded = visits.slice(visits.findIndex(({ name }) => name === firstPoint));
    const anybodys = guarded.filter(({ taskId }) => taskId === undefined).map(({ name }) => name);
    for (const point of [...own.slice(start), ...anybodys]) {
      const visit = before.filter((name) => name === point).length + 1;
      if (!targets.has(point)) targets.set(point, { point, visit, stepsBefore, way });
    }
  }
  return [...targets.values()];
}
