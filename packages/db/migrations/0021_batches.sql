-- Many applications that a person asks for at once. The jobs are lines as they were given; an
-- application comes of a line when there is room for it among those of its batch.
create table batches (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  resume_id uuid not null references resumes on delete cascade,
  state text not null check (state in ('collecting', 'asking', 'running', 'done', 'cancelled')),
  mode text not null,
  rehearsal boolean not null,
  priority smallint not null check (priority between 1 and 3),
  not_before timestamptz,
  wait_limits jsonb not null default '{}',
  -- For every application of it: [{question, answer}].
  answers jsonb not null default '[]',
  -- What its forms ask that nobody has answered, each once: [{id, question, options, kind, lines, answer?}].
  questions jsonb not null default '[]',
  idempotency_key text,
  request_hash text not null,
  -- The how-manieth run on the engine it is, its id, and the wave that was started last by it.
  epoch integer not null default 1,
  run_id text,
  wave integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (user_id, idempotency_key)
);
create index batches_of_person on batches (user_id, created_at desc);
create index batches_unfinished on batches (created_at) where finished_at is null;

alter table tasks add column batch_id uuid references batches on delete set null;
create index tasks_of_batch on tasks (batch_id) where batch_id is not null;

create table batch_jobs (
  batch_id uuid not null references batches on delete cascade,
  -- From 1 on, as they were given.
  line integer not null check (line > 0),
  user_id uuid not null references users on delete cascade,
  job_url text not null,
  job_key text,
  platform text,
  employer text,
  answers jsonb not null default '[]',
  state text not null check (
    state in ('accepted', 'started', 'duplicate', 'already_applied', 'in_progress', 'refused', 'cancelled')
  ),
  -- Of a duplicate: the line that it repeats.
  duplicate_of integer,
  -- Its application or, where one stands against it, that one.
  task_id uuid references tasks on delete set null,
  -- Why it was refused.
  code text,
  -- What its form asks, once that was looked up; null where it could not be: [{question, options, kind}].
  asks jsonb,
  looked_up_at timestamptz,
  primary key (batch_id, line)
);
create index batch_jobs_of_task on batch_jobs (task_id) where task_id is not null;

-- The engine is told of applications, of résumés and of batches.
alter table outbox
  add column batch_id uuid references batches on delete cascade,
  drop constraint outbox_is_about_one_thing,
  add constraint outbox_is_about_one_thing check (num_nonnulls(task_id, resume_id, batch_id) = 1);

call guard_rows('batches', 'select, insert, update');
-- Whose application it became is looked at only where it names one.
alter table batch_jobs enable row level security;
create policy own_rows on batch_jobs for all to valet_person
  using (user_id = (select valet_person_id()))
  with check (
    user_id = (select valet_person_id())
    and exists (
      select from batches
      where batches.id = batch_jobs.batch_id and batches.user_id = (select valet_person_id())
    )
    and (
      task_id is null or exists (
        select from tasks where tasks.id = batch_jobs.task_id and tasks.user_id = (select valet_person_id())
      )
    )
  );
grant select, insert, update on batch_jobs to valet_person;
drop policy own_rows on outbox;
create policy own_rows on outbox for all to valet_person using (false) with check (
  exists (
    select from tasks
    where tasks.id = outbox.task_id and tasks.user_id = (select valet_person_id())
  )
  or exists (
    select from resumes
    where resumes.id = outbox.resume_id and resumes.user_id = (select valet_person_id())
  )
  or exists (
    select from batches
    where batches.id = outbox.batch_id and batches.user_id = (select valet_person_id())
  )
);
