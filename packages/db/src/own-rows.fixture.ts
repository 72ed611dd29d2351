import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "./connect.ts";

export interface Filled {
  readonly userId: string;
  readonly taskId: string;
}

/** A person with at least one row in every table that holds rows of people. A new table wants its row here. */
export async function fillPerson(db: Db): Promise<Filled> {
  const [user, key, resume, task, step, approval, intent, session] = Array.from({ length: 8 }, () =>
    randomUUID(),
  );
  if (user === undefined || task === undefined) throw new Error("There are eight of them.");
  const job = `jobs.test/${task}`;
  const rows = [
    sql`insert into users (id, name, role) values (${user}, ${user}, 'user')`,
    sql`insert into api_keys (id, user_id, key_hash, name, scopes) values (${key}, ${user}, ${key}, 'k', '{read}')`,
    sql`insert into login_sessions (token_hash, api_key_id, user_id, expires_at) values (${key}, ${key}, ${user}, now())`,
    sql`insert into profiles (user_id, profile) values (${user}, '{}')`,
    sql`insert into resumes (id, user_id, file_name, content_type, byte_size, sha256, storage_key, state)
      values (${resume}, ${user}, 'cv.pdf', 'application/pdf', 1, '00', ${resume}, 'ready')`,
    sql`insert into resume_parses (resume_id, epoch, user_id, parsed) values (${resume}, 1, ${user}, '{}')`,
    sql`insert into resume_events (resume_id, seq, epoch, user_id, type, data)
      values (${resume}, 1, 1, ${user}, 'resume_state', '{}')`,
    sql`insert into standing_consents (user_id, version, scope) values (${user}, 1, '{"all": true}')`,
    sql`insert into webhooks (user_id, url, secret) values (${user}, 'https://x.test', 's')`,
    sql`insert into tasks (id, user_id, resume_id, job_url, job_key, mode, rehearsal, platform, state, epoch)
      values (${task}, ${user}, ${resume}, 'https://jobs.test', ${job}, 'copilot', false, 'generic', 'filling', 1)`,
    sql`insert into task_runs (run_id, task_id, epoch) values (${task}, ${task}, 1)`,
    sql`insert into step_runs (task_id, run_id, step, attempt, worker_id) values (${task}, ${task}, 'submit', 0, 'w')`,
    // Triggers write its notice, the person's log and what the webhook is told.
    sql`insert into task_events (task_id, seq, epoch, type, data) values (${task}, 1, 1, 'failed', '{}')`,
    sql`insert into task_pages (task_id, epoch, page, signature, is_last, plan, snapshot)
      values (${task}, 1, 1, 's', true, '[]', '{}')`,
    sql`insert into task_answers (task_id, field_id, question, answer) values (${task}, 'f', 'q', '"a"')`,
    sql`insert into human_steps (id, task_id, kind, state, reason, expires_at)
      values (${step}, ${task}, 'review', 'open', 'r', now())`,
    sql`insert into reviews (step_id, task_id, digest, snapshot) values (${step}, ${task}, 'd', '{}')`,
    sql`insert into approvals (id, task_id, step_id, user_id, mode, digest, expires_at)
      values (${approval}, ${task}, ${step}, ${user}, 'copilot', 'd', now())`,
    // A trigger writes its job key.
    sql`insert into submission_intents (id, task_id, user_id, job_key, state, digest)
      values (${intent}, ${task}, ${user}, ${job}, 'prepared', 'd')`,
    sql`insert into evidence (task_id, kind, storage_key, content_type, sha256)
      values (${task}, 'receipt', ${task}, 'application/json', '00')`,
    sql`insert into outbox (task_id, message) values (${task}, '{}')`,
    sql`insert into browser_sessions (id, task_id, user_id, host_id, host_url, state)
      values (${session}, ${task}, ${user}, 'h', 'http://h', 'live')`,
    sql`insert into hibernations (task_id, epoch, session_id, storage_key, byte_size, digest, page, url)
      values (${task}, 1, 's', ${task}, 1, 'd', 1, 'https://jobs.test')`,
    sql`insert into takeover_tickets (ticket_hash, task_id, user_id, session_id, mode, origin, expires_at)
      values (${task}, ${task}, ${user}, ${session}, 'view', 'https://x.test', now())`,
    sql`insert into model_calls (id, user_id, task_id, purpose, model, reserved_microdollars)
      values (${task}, ${user}, ${task}, 'meanings', 'm', 1)`,
    sql`insert into batches (id, user_id, resume_id, state, mode, rehearsal, priority, request_hash)
      values (${task}, ${user}, ${resume}, 'running', 'copilot', false, 1, 'h')`,
    sql`insert into batch_jobs (batch_id, line, user_id, job_url, state, task_id)
      values (${task}, 1, ${user}, 'https://jobs.test', 'started', ${task})`,
    sql`insert into person_limits (user_id, time_zone) values (${user}, 'Europe/Oslo')`,
    sql`insert into schedules (id, user_id, name, resume_id, mode, at, time_zone, next_at)
      values (${task}, ${user}, 'n', ${resume}, 'copilot', now(), 'UTC', now())`,
    sql`insert into schedule_jobs (schedule_id, place, user_id, job_url, job_key, platform)
      values (${task}, 1, ${user}, 'https://jobs.test', ${job}, 'generic')`,
    sql`insert into kept_answers (user_id, key, request_hash, try_id) values (${user}, 'k', 'h', ${task})`,
    sql`insert into stream_tickets (ticket_hash, user_id, expires_at) values (${task}, ${user}, now())`,
  ];
  for (const row of rows) await row.execute(db);
  return { userId: user, taskId: task };
}
