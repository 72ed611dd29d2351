import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import { type BatchDetail, type Limits, workflowNames } from "@valet/contracts";
import { addUser, connectDb } from "@valet/db";
import { createLogger } from "@valet/runtime";
import { type TestValet, startValet, testEngineEnv, until } from "@valet/testkit";
import postgres from "postgres";
import { allowEverything } from "./allow-everything.fixture.ts";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";

export interface ManyInput {
  readonly workers: number;
  /** Who is there beside Ada, by name. */
  readonly others?: readonly string[];
  readonly limits: Limits;
  readonly env?: Readonly<Record<string, string>>;
}

/** Several workers and people whose consent covers everything, for runs of many applications. */
export interface ManyApplications {
  readonly valet: TestValet;
  readonly ada: Applicant;
  readonly others: readonly Applicant[];
  readonly sql: postgres.Sql;
  /** The engine's own record of this batch: its runs by workflow and status, and of how many applications. */
  readonly engineRuns: (batchId: string) => Promise<EngineRuns>;
  readonly untilBatch: (
    id: string,
    what: string,
    is: (batch: BatchDetail) => boolean,
  ) => Promise<BatchDetail>;
  readonly addressOf: (job: string) => string;
  readonly close: () => Promise<void>;
}

export interface EngineRuns {
  readonly byStatus: Readonly<Record<string, number>>;
  /** Runs that are applications themselves, by application. */
  readonly ofTasks: ReadonlyMap<string, number>;
}

/** What takes longest on two cores that do something else too. */
export const limitMs = 90 * 60_000;
const enginePage = 500;

export async function startMany(input: ManyInput): Promise<ManyApplications> {
  const wide = { live: 1_000, perMinute: 100_000 };
  const limits = { user: wide, platform: wide, host: { live: 1_000 }, ...input.limits };
  const env = {
    VALET_MAX_SESSIONS: "12",
    ...input.env,
    VALET_LIMITS: JSON.stringify(limits),
  };
  const valet = await startValet({ workers: input.workers, env });
  const sql = postgres(valet.databaseUrl, { max: 1, onnotice: () => {} });
  const close = async () => {
    await sql.end();
    await valet.close();
  };
  try {
    const { ada, others } = await peopleOf(valet, input.others ?? []);
    const since = new Date(Date.now() - 60_000);
    return {
      valet,
      ada,
      others,
      sql,
      engineRuns: (batchId) => readEngineRuns(batchId, since),
      untilBatch: (id, what, is) =>
        until(
          what,
          async () => {
            // The API may be away.
            const now = await ada.client.getBatch(id, { limit: 1 }).catch(() => undefined);
            return now !== undefined && is(now) && now;
          },
          limitMs,
        ),
      addressOf: (job) => `${valet.practiceUrl}/plain/jobs/${job}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function peopleOf(
  valet: TestValet,
  names: readonly string[],
): Promise<{ readonly ada: Applicant; readonly others: readonly Applicant[] }> {
  const log = createLogger({ name: "test", level: "silent" });
  const url = valet.databaseUrl;
  const database = connectDb({ url, applicationName: "test", maxConnections: 1, log });
  const { db } = database;
  try {
    const others: Applicant[] = [];
    for (const name of names) {
      const { apiKey } = await addUser(db, { name, role: "user" });
      others.push(await createApplicant(valet, { apiKey }));
    }
    const ada = await createApplicant(valet);
    await allowEverything(url);
    return { ada, others };
  } finally {
    await database.close();
  }
}

async function readEngineRuns(batchId: string, since: Date): Promise<EngineRuns> {
  const engine = testEngineEnv();
  const hatchet = HatchetClient.init({
    token: engine["HATCHET_CLIENT_TOKEN"] ?? "",
    host_port: engine["HATCHET_CLIENT_HOST_PORT"] ?? "",
    api_url: engine["HATCHET_CLIENT_API_URL"] ?? "",
    tls_config: { tls_strategy: "none" },
    log_level: "OFF",
  });
  const byStatus: Record<string, number> = {};
  const ofTasks = new Map<string, number>();
  for (let offset = 0; ; offset += enginePage) {
    const { rows } = await hatchet.runs.list({
      additionalMetadata: { batchId },
      onlyTasks: false,
      includePayloads: false,
      since,
      limit: enginePage,
      offset,
    });
    for (const { workflowName = "", status, additionalMetadata } of rows) {
      const isApplication = workflowName.endsWith(workflowNames.jobApplication);
      const name = isApplication ? workflowNames.jobApplication : workflowName;
      byStatus[`${name} ${status}`] = (byStatus[`${name} ${status}`] ?? 0) + 1;
      // What the API put there when it asked for the run.
      const { taskId } = (additionalMetadata ?? {}) as { readonly taskId?: string };
      if (!isApplication || taskId === undefined) continue;
      ofTasks.set(taskId, (ofTasks.get(taskId) ?? 0) + 1);
    }
    if (rows.length < enginePage) return { byStatus, ofTasks };
  }
}

/** The most of these that had a browser at the same time, by the rows that sessions leave behind. */
export async function mostBrowsersAtOnce(
  sql: postgres.Sql,
  taskIds: readonly string[],
): Promise<number> {
  const [row] = await sql<{ most: number }[]>`
    select max(together)::integer as most from (
      select count(*) as together
      from browser_sessions one join browser_sessions other
        on other.created_at <= one.created_at
        and coalesce(other.ended_at, now()) > one.created_at
      where one.task_id = any(${taskIds as string[]}) and other.task_id = any(${taskIds as string[]})
      group by one.id
    ) as counts`;
  return row?.most ?? 0;
}

/** Applications of a batch, in the order they were made. */
export async function tasksOfBatch(sql: postgres.Sql, batchId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from tasks where batch_id = ${batchId} order by created_at, id`;
  return rows.map(({ id }) => id);
}
