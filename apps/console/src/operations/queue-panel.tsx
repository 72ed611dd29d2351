import { HeldUpBy, type QueueOverview, TaskState } from "@valet/contracts";
import { operationsStrings } from "../strings/operations-strings.ts";
import { tookWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { FactList } from "./fact-list.tsx";

const { queue: q } = operationsStrings;

/** What waits, where, and why. */
export function QueuePanel({ queue }: { readonly queue: QueueOverview }) {
  const now = useNow("second");
  const { waiting, steps, outbox, tasks, engine } = queue;
  return (
    <section className="card panel">
      <h2>{q.title}</h2>
      <div className="ops-queue">
        <div>
          <h3>{q.byReason}</h3>
          <Counts
            label={q.byReason}
            nothing={operationsStrings.tiles.nobody}
            counts={HeldUpBy.options.map((reason) => [
              q.reason(reason),
              waiting.byReason[reason] ?? 0,
            ])}
          />
          {waiting.perPerson.length > 1 && (
            <p className="small faint numbers">{q.perPerson(waiting.perPerson)}</p>
          )}
        </div>
        <div>
          <h3>{q.byState}</h3>
          <Counts
            label={q.byState}
            nothing={q.noTasks}
            counts={TaskState.options.map((state) => [
              state.replaceAll("_", " "),
              tasks[state] ?? 0,
            ])}
          />
        </div>
      </div>
      <h3>{q.bySteps}</h3>
      {engine === "unreachable" ? (
        <p className="faint">{operationsStrings.unreachable}</p>
      ) : (
        <FactList
          label={q.bySteps}
          nothing={q.noSteps}
          rows={steps.map(({ step, queued, running, oldestQueuedAt }) => ({
            key: step,
            name: step,
            facts: [
              [q.queued, queued.toLocaleString("en")],
              [q.running, running.toLocaleString("en")],
              [
                q.oldest,
                oldestQueuedAt === null
                  ? operationsStrings.none
                  : tookWords(Math.max(0, now - Date.parse(oldestQueuedAt))),
              ],
            ],
          }))}
        />
      )}
      {outbox.waiting > 0 && (
        <p className="notice" data-tone="ask">
          {q.outbox(outbox.waiting, tookWords(outbox.oldestSeconds * 1_000))}
        </p>
      )}
    </section>
  );
}

interface CountsInput {
  readonly label: string;
  readonly nothing: string;
  readonly counts: readonly (readonly [name: string, count: number])[];
}

/** Numbers with a bar each, in proportion to the greatest. */
function Counts({ label, nothing, counts }: CountsInput) {
  const some = counts.filter(([, count]) => count > 0);
  const most = Math.max(...some.map(([, count]) => count), 1);
  if (some.length === 0) return <p className="faint">{nothing}</p>;
  return (
    <ul className="ops-counts" aria-label={label}>
      {some.map(([name, count]) => (
        <li key={name}>
          <span>{name}</span>
          <span className="numbers">{count.toLocaleString("en")}</span>
          <progress max={most} value={count} aria-hidden="true" />
        </li>
      ))}
    </ul>
  );
}
