import type { QueueOverview, WorkerOverview } from "@valet/contracts";
import { operationsStrings } from "../strings/operations-strings.ts";
import { tookWords } from "../ui/time-words.ts";
import { sizeWords } from "./size-words.ts";

const { tiles } = operationsStrings;

interface OverviewTilesInput {
  readonly workers: WorkerOverview | undefined;
  readonly queue: QueueOverview | undefined;
}

/** What one wants to know first, in numbers; their places are there before they are. */
export function OverviewTiles({ workers, queue }: OverviewTilesInput) {
  return (
    <section aria-label={tiles.label}>
      <dl className="ops-tiles">
        {[...workerTiles(workers), ...queueTiles(queue)].map(({ name, value, more }) => (
          <div key={name} className="card ops-tile">
            <dt>{name}</dt>
            <dd className="ops-number numbers">{value}</dd>
            <dd className="small faint">{more}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly more: string;
}

function workerTiles(overview: WorkerOverview | undefined): Tile[] {
  const names = [tiles.workers, tiles.browsers, tiles.memory];
  if (overview === undefined) return names.map(unknown);
  const { workers, sessionHosts, engine } = overview;
  const active = workers.filter(({ state }) => state === "active");
  const free = sum(active.map(({ slots }) => slots.default.free));
  const total = sum(active.map(({ slots }) => slots.default.total));
  const used = sum(sessionHosts.map(({ memory }) => memory.usedBytes));
  const budget = sum(sessionHosts.map(({ memory }) => memory.budgetBytes));
  const ofWorkers =
    engine === "unreachable"
      ? unknown(tiles.workers)
      : {
          name: tiles.workers,
          value: tiles.workersOf(active.length, workers.length),
          more: tiles.slots(free, total),
        };
  return [
    ofWorkers,
    {
      name: tiles.browsers,
      value: String(sum(sessionHosts.map(({ sessions }) => sessions))),
      more: tiles.browsersOf(sum(sessionHosts.map(({ pooled }) => pooled))),
    },
    { name: tiles.memory, value: sizeWords(used), more: tiles.memoryOf(sizeWords(budget)) },
  ];
}

function queueTiles(queue: QueueOverview | undefined): Tile[] {
  const names = [tiles.waiting, tiles.steps, tiles.outbox];
  if (queue === undefined) return names.map(unknown);
  const { waiting, outbox, queued, running, engine } = queue;
  return [
    {
      name: tiles.waiting,
      value: waiting.total.toLocaleString("en"),
      more: oldestWords(waiting.total, waiting.oldestSeconds),
    },
    engine === "unreachable"
      ? unknown(tiles.steps)
      : {
          name: tiles.steps,
          value: `${queued.toLocaleString("en")} ${operationsStrings.queue.queued.toLowerCase()}`,
          more: tiles.stepsOf(running),
        },
    {
      name: tiles.outbox,
      value: outbox.waiting.toLocaleString("en"),
      more: oldestWords(outbox.waiting, outbox.oldestSeconds),
    },
  ];
}

function unknown(name: string): Tile {
  return { name, value: operationsStrings.none, more: "\u00a0" };
}

function oldestWords(count: number, seconds: number): string {
  return count === 0 ? tiles.nobody : tiles.oldest(tookWords(seconds * 1_000));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
