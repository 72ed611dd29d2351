import { sql } from "kysely";
import type { Db } from "./connect.ts";

export interface ManyTasks {
  /** Ended ones of the last 30 days but one. */
  readonly ended?: number;
  /** Ones that wait for their start. */
  readonly waiting?: number;
  /** Of those so many have a window that is closed now. */
  readonly windowed?: number;
  /** Ones that wait for a person without a browser, each with its run and its open review. */
  readonly parked?: number;
  /** People whose tasks these are, in turn. */
  readonly people: number;
  /** Hosts that they go to, in turn. */
  readonly hosts: number;
}

/** Puts rows straight into the tables: through `createTask` a hundred thousand take too long. */
export async function addManyTasks(db: Db, many: ManyTasks): Promise<void> {
  const { ended = 0, waiting = 0, windowed = 0, parked = 0, people } = many;
  await sql`
    with person as (
      insert into users (name, role, created_at)
      select 'many-' || gen_random_uuid(), 'user', now() from generate_series(1, ${people})
      returning id
    )
    insert into resumes
      (user_id, file_name, content_type, byte_size, sha256, storage_key, state)
    select id, 'many.pdf', 'application/pdf', 1, '00', 'resumes/' || id, 'ready' from person
  `.execute(db);
  await addTasks(db, many, { count: ended, kind: "ended" });
  await addTasks(db, many, { count: waiting - windowed, kind: "waiting" });
  await addTasks(db, many, { count: windowed, kind: "windowed" });
  await addTasks(db, many, { count: parked, kind: "parked" });
  await sql`
    insert into task_runs (run_id, task_id, epoch)
    select run_id, id, epoch from tasks where state = 'awaiting_review' and run_id is not null
    on conflict do nothing
  `.execute(db);
  await sql`
    insert into step_runs (task_id, run_id, step, attempt, worker_id)
    select id, run_id, 'submit', 0, 'many' from tasks where state = 'awaiting_review'
  `.execute(db);
  for (const table of ["users", "resumes", "tasks", "task_runs", "step_runs"]) {
    await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  }
}

const states = {
  ended: "completed",
  waiting: "queued",
  windowed: "queued",
  parked: "awaiting_review",
} as const;

async function addTasks(
  db: Db,
  { people, hosts }: ManyTasks,
  { count, kind }: { readonly count: number; readonly kind: keyof typeof states },
): Promise<void> {
  const isStarted = kind === "ended" || kind === "parked";
  await sql`
    insert into tasks
      (user_id, resume_id, job_url, job_key, mode, rehearsal, platform, host, employer, state,
       created_at, updated_at, admitted_at, opened_at, finished_at, run_id, epoch,
       start_window, window_zone, not_before, window_closes_at)
    select person.user_id, person.id, 'https://host-' || n % ${hosts} || '.test/' || n,
      gen_random_uuid()::text, 'autopilot', false, 'generic', 'host-' || n % ${hosts} || '.test',
      'generic/host-' || n % ${hosts}, ${states[kind]},
      at, at, ${isStarted ? sql`at` : sql`null`}, ${isStarted ? sql`at` : sql`null`},
      ${kind === "ended" ? sql`at` : sql`null`},
      ${isStarted ? sql`gen_random_uuid()::text` : sql`null`}, ${isStarted ? 1 : 0},
      ${kind === "windowed" ? sql`'{"from": "09:00", "to": "17:00"}'::jsonb` : sql`null`},
      ${kind === "windowed" ? sql`'UTC'` : sql`null`},
      ${kind === "windowed" ? sql`now() + interval '10 hours'` : sql`null`},
      ${kind === "windowed" ? sql`now() + interval '18 hours'` : sql`null`}
    from generate_series(1, ${count}) as n
    join (
      select id, user_id, row_number() over (order by id) - 1 as place
      from resumes where file_name = 'many.pdf'
    ) as person on person.place = n % ${people},
    lateral (select now() - interval '1 day' - n * interval '30 days' / ${Math.max(count, 1)} as at) as times
  `.execute(db);
}
