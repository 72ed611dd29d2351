-- Times are kept here and not on the engine: docs/decisions/0032-times-are-kept-in-postgres.md.
alter table tasks
  -- Starts only while this is open: {from, to, days?, timeZone?}. `not_before` is then when it opens, or has.
  add column start_window jsonb,
  -- The zone that was worked out with, and until when that opening lasts.
  add column window_zone text,
  add column window_closes_at timestamptz;
create index tasks_in_windows on tasks (window_closes_at)
  where state = 'queued' and admitted_at is null and start_window is not null;

create table schedules (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  name text not null,
  resume_id uuid not null references resumes on delete cascade,
  mode text not null,
  state text not null default 'active' check (state in ('active', 'paused', 'done')),
  -- Its times, or its only one.
  cron text,
  at timestamptz,
  time_zone text not null,
  -- How many jobs each time; null: all that wait.
  per_run integer check (per_run > 0),
  next_at timestamptz,
  -- Who looks at its jobs' pages has it for so long; whoever comes first after that starts them.
  taken_until timestamptz,
  last_run_at timestamptz,
  late_by integer check (late_by >= 0),
  created_at timestamptz not null default now(),
  check (num_nonnulls(cron, at) = 1),
  check ((state = 'active') = (next_at is not null))
);
create index schedules_by_person on schedules (user_id, created_at);
create index schedules_due on schedules (next_at) where state = 'active';

create table schedule_jobs (
  schedule_id uuid not null references schedules on delete cascade,
  place integer not null,
  user_id uuid not null references users on delete cascade,
  job_url text not null,
  job_key text not null,
  platform text not null,
  state text not null default 'waiting' check (state in ('waiting', 'started', 'skipped')),
  -- What was started, or stood in its way.
  about_task_id uuid references tasks on delete set null,
  -- Why it was skipped.
  code text,
  message text,
  primary key (schedule_id, place),
  unique (schedule_id, job_key),
  check ((state = 'skipped') = (code is not null))
);
create index schedule_jobs_by_person on schedule_jobs (user_id);
create index schedule_jobs_by_task on schedule_jobs (about_task_id) where about_task_id is not null;

call guard_rows('schedules', 'select, insert, update, delete');
call guard_rows('schedule_jobs', 'select, insert',
  'exists (select from schedules where schedules.id = schedule_jobs.schedule_id and schedules.user_id = (select valet_person_id()))');
