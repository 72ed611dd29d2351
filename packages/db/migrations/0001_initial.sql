create table users (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  role text not null check (role in ('user', 'admin')),
  created_at timestamptz not null default now()
);

create table api_keys (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  -- SHA-256 of the key, hex. The key has 256 random bits, so a slow hash would add nothing.
  key_hash text not null unique,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table profiles (
  user_id uuid primary key references users on delete cascade,
  profile jsonb not null,
  version integer not null default 1,
  updated_at timestamptz not null default now()
);

create table resumes (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  file_name text not null,
  content_type text not null,
  byte_size integer not null,
  sha256 text not null,
  storage_key text not null,
  state text not null check (state in ('ready')),
  created_at timestamptz not null default now()
);
create index resumes_by_user on resumes (user_id, created_at desc);

create table tasks (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  resume_id uuid not null references resumes,
  job_url text not null,
  job_key text not null,
  mode text not null check (mode in ('copilot', 'autopilot')),
  rehearsal boolean not null,
  platform text not null,
  idempotency_key text,
  -- SHA-256 of the body the idempotency key was used with.
  request_hash text,
  state text not null,
  outcome text,
  reason text,
  message text,
  questions jsonb not null default '[]',
  confirmation jsonb,
  pct integer not null default 0,
  last_seq integer not null default 0,
  -- The newest start of the task, and the run that claimed it. An older run is superseded.
  epoch integer not null default 0,
  run_id text,
  claimed_at timestamptz,
  session_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (user_id, idempotency_key)
);
create index tasks_by_user on tasks (user_id, created_at desc, id desc);
create index tasks_live on tasks (updated_at) where finished_at is null;
create unique index one_live_task_per_job on tasks (user_id, job_key) where finished_at is null;

-- Every run the engine was asked for: the API writes the row when it triggers, the run when it claims.
create table task_runs (
  run_id text primary key,
  task_id uuid not null references tasks on delete cascade,
  epoch integer not null,
  created_at timestamptz not null default now()
);
create index task_runs_by_task on task_runs (task_id, epoch);

create table task_events (
  task_id uuid not null references tasks on delete cascade,
  seq integer not null,
  epoch integer not null,
  type text not null,
  at timestamptz not null default now(),
  data jsonb not null,
  primary key (task_id, seq)
);

-- One row a page of the form: what was planned and what the page held when it was read back.
create table task_pages (
  task_id uuid not null references tasks on delete cascade,
  epoch integer not null,
  page integer not null,
  signature text not null,
  is_last boolean not null,
  was_left boolean not null default false,
  plan jsonb not null,
  snapshot jsonb not null,
  filled_at timestamptz not null default now(),
  primary key (task_id, epoch, page)
);

create table human_steps (
  id uuid primary key default gen_random_uuid(),
  task_id uuid not null references tasks on delete cascade,
  kind text not null,
  state text not null check (state in ('open', 'done', 'expired', 'withdrawn')),
  reason text not null,
  digest text,
  outcome text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  done_at timestamptz
);
create unique index one_open_human_step on human_steps (task_id) where state = 'open';

create table reviews (
  step_id uuid primary key references human_steps on delete cascade,
  task_id uuid not null references tasks on delete cascade,
  digest text not null,
  snapshot jsonb not null,
  created_at timestamptz not null default now()
);

create table approvals (
  id uuid primary key default gen_random_uuid(),
  task_id uuid not null references tasks on delete cascade,
  step_id uuid references human_steps on delete cascade,
  user_id uuid not null references users on delete cascade,
  mode text not null check (mode in ('copilot', 'autopilot')),
  digest text not null,
  overrides jsonb not null default '{}',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  consumed_at timestamptz
);
create index approvals_by_step on approvals (step_id);

create table submission_intents (
  id uuid primary key default gen_random_uuid(),
  task_id uuid not null references tasks on delete cascade,
  user_id uuid not null references users on delete cascade,
  job_key text not null,
  state text not null check (state in
    ('prepared', 'approved', 'armed', 'dispatched', 'confirmed', 'rejected', 'unknown', 'aborted')),
  digest text not null,
  approval_id uuid references approvals,
  fence bigint,
  evidence jsonb,
  created_at timestamptz not null default now(),
  armed_at timestamptz,
  dispatched_at timestamptz,
  decided_at timestamptz,
  superseded_by uuid references submission_intents
);
-- The promise itself: one live attempt per person and job, across tasks, workers and API calls.
create unique index one_live_intent_per_job on submission_intents (user_id, job_key)
  where state in ('prepared', 'approved', 'armed', 'dispatched', 'confirmed', 'unknown')
    and superseded_by is null;
create index submission_intents_by_task on submission_intents (task_id);

create table evidence (
  id uuid primary key default gen_random_uuid(),
  task_id uuid not null references tasks on delete cascade,
  kind text not null,
  storage_key text not null,
  content_type text not null,
  sha256 text not null,
  created_at timestamptz not null default now(),
  unique (task_id, storage_key)
);

-- What must reach the engine, written in the transaction that decides it.
create table outbox (
  id bigint generated always as identity primary key,
  task_id uuid not null references tasks on delete cascade,
  message jsonb not null,
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  sent_at timestamptz
);
create index outbox_waiting on outbox (available_at) where sent_at is null;

-- One row a try of a step: which worker ran it and how long, for the run view and the timeline.
create table step_runs (
  task_id uuid not null references tasks on delete cascade,
  run_id text not null,
  step text not null,
  attempt integer not null,
  worker_id text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- done, ended, superseded, sent, or the error code of a failed try
  result text,
  primary key (run_id, step, attempt)
);
create index step_runs_by_task on step_runs (task_id, started_at);
