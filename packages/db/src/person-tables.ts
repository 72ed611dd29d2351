import { type RawBuilder, sql } from "kysely";

/** A table with rows of a person, as they are given to them. */
export interface PersonTable {
  readonly name: string;
  /** The primary key. */
  readonly key: readonly string[];
  /** How its rows belong to the person. */
  readonly by: keyof typeof scopes;
  /** Columns that are not given: what opens something, or is the operator's. */
  readonly omit?: readonly string[];
}

/** Every table that is given to the person who asks for all that is held of them. */
export const personTables: readonly PersonTable[] = [
  { name: "users", key: ["id"], by: "own" },
  { name: "api_keys", key: ["id"], by: "user", omit: ["key_hash"] },
  { name: "login_sessions", key: ["token_hash"], by: "user", omit: ["token_hash"] },
  { name: "profiles", key: ["user_id"], by: "user" },
  { name: "resumes", key: ["id"], by: "user", omit: ["storage_key", "parse_run_id"] },
  { name: "resume_parses", key: ["resume_id", "epoch"], by: "user" },
  { name: "resume_events", key: ["resume_id", "seq"], by: "user" },
  { name: "tasks", key: ["id"], by: "user" },
  { name: "task_runs", key: ["run_id"], by: "task" },
  { name: "task_events", key: ["task_id", "seq"], by: "task" },
  {
    name: "stream_tickets",
    key: ["ticket_hash"],
    by: "user",
    omit: ["ticket_hash", "login_hash"],
  },
  { name: "kept_answers", key: ["user_id", "key"], by: "user" },
  { name: "task_pages", key: ["task_id", "epoch", "page"], by: "task" },
  { name: "task_answers", key: ["task_id", "field_id", "question"], by: "task" },
  { name: "human_steps", key: ["id"], by: "task" },
  { name: "reviews", key: ["step_id"], by: "task" },
  { name: "approvals", key: ["id"], by: "user" },
  { name: "submission_intents", key: ["id"], by: "user" },
  { name: "intent_job_keys", key: ["intent_id", "job_key"], by: "user" },
  { name: "evidence", key: ["id"], by: "task" },
  { name: "step_runs", key: ["run_id", "step", "attempt"], by: "task", omit: ["worker_id"] },
  { name: "browser_sessions", key: ["id"], by: "user", omit: ["host_id", "host_url"] },
  { name: "hibernations", key: ["task_id"], by: "task", omit: ["storage_key"] },
  {
    name: "takeover_tickets",
    key: ["ticket_hash"],
    by: "user",
    omit: ["ticket_hash", "login_hash"],
  },
  { name: "model_calls", key: ["id"], by: "user" },
  { name: "batches", key: ["id"], by: "user" },
  { name: "batch_jobs", key: ["batch_id", "line"], by: "user" },
  { name: "person_limits", key: ["user_id"], by: "user" },
  { name: "schedules", key: ["id"], by: "user" },
  { name: "schedule_jobs", key: ["schedule_id", "place"], by: "user" },
  { name: "standing_consents", key: ["id"], by: "user" },
  { name: "webhooks", key: ["id"], by: "user", omit: ["secret", "previous_secret"] },
  { name: "webhook_deliveries", key: ["id"], by: "webhook" },
];

/** Every other table, and why nothing of it is given. */
export const tablesNotGiven: Readonly<Record<string, string>> = {
  outbox: "ids alone, on their way to the engine",
  notices: "which event is still to be mailed; the events themselves are given",
  person_logs: "how many events there are; the events themselves are given",
  cool_downs: "which sites are left alone for a while; no row belongs to a person",
  installation_limits: "what everybody is kept to",
  form_meanings: "what fields of sites mean; no row belongs to a person",
  session_hosts: "machines of the operator; no row belongs to a person",
  erasures: "says only that a person is being erased, who has no key any more",
  erased_submissions: "leads to nobody, so it cannot be found for anybody",
  form_recipes: "how widgets of a site are worked, without a value of anybody",
  schema_migrations: "the history of the tables",
};

const scopes = {
  own: (userId: string) => sql`id = ${userId}`,
  user: (userId: string) => sql`user_id = ${userId}`,
  task: (userId: string) => sql`task_id in (select id from tasks where user_id = ${userId})`,
  webhook: (userId: string) =>
    sql`webhook_id in (select id from webhooks where user_id = ${userId})`,
} as const;

export function scopeOf({ by }: PersonTable, userId: string): RawBuilder<unknown> {
  return scopes[by](userId);
}
