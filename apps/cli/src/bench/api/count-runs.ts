import { isValetError } from "@valet/contracts";
import { Pool } from "pg";
import { until } from "../until.ts";

export interface RunCounts {
  readonly tasks: number;
  /** The engine has no run of them, or more than one. */
  readonly withoutExactlyOne: number;
  /** Those among them that nobody works for at all; a second run is sorted out when it claims its task. */
  readonly withoutAny: number;
}

export interface RunCounter {
  /** Waits until the relay has carried everything and the engine has taken it, then counts. */
  readonly count: (signal: AbortSignal) => Promise<RunCounts>;
  readonly close: () => Promise<void>;
}

/** So long six thousand may take on a small machine that does something else as well. */
const carryMs = 900_000;
const engineMs = 120_000;

/** Looks into the databases of Valet and of the engine, since neither can speak for the other. */
export function openRunCounter(urls: {
  readonly valet: string;
  readonly engine: string;
}): RunCounter {
  const valet = new Pool({ connectionString: urls.valet, max: 1 });
  const engine = new Pool({ connectionString: urls.engine, max: 1 });
  const numberOf = async (pool: Pool, question: string) => {
    const { rows } = await pool.query<{ n: number }>(`select (${question})::int as n`);
    return rows[0]?.n ?? Number.NaN;
  };
  return {
    async count(signal) {
      const waiting = "select count(*) from outbox where sent_at is null";
      await inTime("every message carried", carryMs, signal, () => numberOf(valet, waiting));
      // Everything the engine has said yes to goes through this table of its own first.
      const taken = 'select count(*) from "MessageQueueItem"';
      await inTime("every message taken", engineMs, signal, () => numberOf(engine, taken));
      const { rows } = await valet.query<{ id: string }>("select id from tasks");
      const runs = await runsByTask(engine);
      const wrong = rows.filter(({ id }) => runs.get(id) !== 1);
      const none = wrong.filter(({ id }) => !runs.has(id));
      return { tasks: rows.length, withoutExactlyOne: wrong.length, withoutAny: none.length };
    },
    async close() {
      await Promise.all([valet.end(), engine.end()]);
    },
  };
}

async function runsByTask(engine: Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await engine.query<{ task: string; runs: number }>(
    `select data.additional_metadata->>'taskId' as task, count(*)::int as runs
     from v1_dag dag
     join v1_dag_data data on data.dag_id = dag.id and data.dag_inserted_at = dag.inserted_at
     where dag.parent_task_external_id is null
     group by 1`,
  );
  return new Map(rows.map(({ task, runs }) => [task, runs]));
}

/** What is left after that shows in the count. */
async function inTime(
  what: string,
  limitMs: number,
  signal: AbortSignal,
  left: () => Promise<number>,
): Promise<void> {
  const patience = { signal, limitMs, lookEveryMs: 500 };
  await until(what, async () => (await left()) === 0, patience).catch((error: unknown) => {
    if (!isValetError(error, "TIMEOUT")) throw error;
  });
}
