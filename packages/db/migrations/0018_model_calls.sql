-- Each question to a language model: what it was for and what it cost, and no word of it.
create table model_calls (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  task_id uuid references tasks on delete cascade,
  -- What was spent counts for the person's day although the résumé is gone.
  resume_id uuid references resumes on delete set null,
  purpose text not null check (purpose in ('meanings', 'drafts', 'resume', 'stagehand', 'magnitude')),
  model text not null,
  -- In millionths of a US dollar; the most that the call may cost, known before it is made.
  reserved_microdollars integer not null check (reserved_microdollars >= 0),
  -- What it did cost; null until it is known.
  cost_microdollars integer check (cost_microdollars >= 0),
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  created_at timestamptz not null default now(),
  check (num_nonnulls(task_id, resume_id) <= 1)
);
create index model_calls_by_person on model_calls (user_id, created_at);
create index model_calls_by_task on model_calls (task_id) where task_id is not null;
create index model_calls_by_resume on model_calls (resume_id) where resume_id is not null;

-- Made and settled by workers alone.
call guard_rows('model_calls', 'select');

-- What a model said that the fields of a form mean: the site's, and nobody's in particular.
create table form_meanings (
  host text not null,
  -- SHA-256 of the layout, in hex.
  signature text not null,
  -- {key of a field: meaning}
  meanings jsonb not null,
  created_at timestamptz not null default now(),
  primary key (host, signature)
);
