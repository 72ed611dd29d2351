import type { SessionOverview, WorkerOverview } from "@valet/contracts";
import { operationsStrings } from "../strings/operations-strings.ts";
import { agoWords, tookWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { FactList, type FactRow } from "./fact-list.tsx";
import { sizeWords } from "./size-words.ts";

const { workers: w, hosts: h, sessions: s } = operationsStrings;

/** A host that lives says so every 2 s. */
const silenceWorthMentioningMs = 10_000;
/** A page of thousands tells nobody more. */
const mostSessions = 50;

export function WorkersPanel({ overview }: { readonly overview: WorkerOverview }) {
  const now = useNow("second");
  const { workers, engine } = overview;
  return (
    <section className="card panel">
      <h2>{w.title}</h2>
      {engine === "unreachable" ? (
        <p className="notice" data-tone="ask">
          {operationsStrings.unreachable}
        </p>
      ) : (
        <FactList
          label={w.title}
          nothing={w.nothing}
          rows={workers.map(({ id, name, state, lastHeartbeatAt, slots }) => ({
            key: id,
            name: <bdi>{name}</bdi>,
            tone: state === "active" ? "good" : state === "paused" ? "ask" : "calm",
            facts: [
              [w.state, state],
              [
                w.heartbeat,
                lastHeartbeatAt === null
                  ? operationsStrings.none
                  : operationsStrings.ago(agoWords(lastHeartbeatAt, now)),
              ],
              [w.steps, w.used(slots.default.used, slots.default.total)],
              [w.waits, w.used(slots.durable.used, slots.durable.total)],
            ],
          }))}
        />
      )}
    </section>
  );
}

export function HostsPanel({ overview: { sessionHosts } }: { readonly overview: WorkerOverview }) {
  return (
    <section className="card panel">
      <h2>{h.title}</h2>
      <FactList label={h.title} nothing={h.nothing} rows={sessionHosts.map(hostRow)} />
    </section>
  );
}

function hostRow(host: WorkerOverview["sessionHosts"][number]): FactRow {
  const { url, silentForMs, sessions, pooled, memory } = host;
  const isSilent = silentForMs > silenceWorthMentioningMs;
  return {
    key: url,
    name: <bdi>{url}</bdi>,
    tone: isSilent ? "bad" : "good",
    facts: [
      [h.sessions, sessions],
      [h.pooled, pooled],
      [
        h.memory,
        <>
          {h.memoryOf(sizeWords(memory.usedBytes), sizeWords(memory.budgetBytes))}
          <progress
            max={Math.max(1, memory.budgetBytes)}
            value={memory.usedBytes}
            aria-label={h.memoryLabel(url)}
          />
        </>,
      ],
      [h.silent, isSilent ? h.isSilent(tookWords(silentForMs)) : operationsStrings.ago("now")],
    ],
  };
}

export function SessionsPanel({ overview: { sessions } }: { readonly overview: SessionOverview }) {
  const more = sessions.length - mostSessions;
  return (
    <section className="card panel">
      <h2>
        {s.title} <span className="faint numbers">{sessions.length}</span>
      </h2>
      <FactList
        label={s.title}
        nothing={s.nothing}
        rows={sessions.slice(0, mostSessions).map((one) => ({
          key: one.sessionId,
          // Of anybody: only its own person can open the application, so this is no link.
          name: <span className="mono">{one.taskId}</span>,
          tone: one.leased ? "busy" : "calm",
          facts: [
            [s.state, one.taskState.replaceAll("_", " ")],
            [s.age, tookWords(one.ageMs)],
            [s.memory, sizeWords(one.memoryBytes)],
            [s.driver, driverWords(one)],
            [s.fence, one.fence],
          ],
        }))}
      />
      {more > 0 && <p className="small faint">{s.more(more)}</p>}
    </section>
  );
}

function driverWords({ owner, leased }: SessionOverview["sessions"][number]): string {
  if (owner === null) return s.nobody;
  return leased ? owner : s.away(owner);
}
