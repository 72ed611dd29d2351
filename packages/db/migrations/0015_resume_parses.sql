-- A résumé is parsed after it was stored. One that was parsed once stays ready, whatever a later parse gives.
alter table resumes drop constraint resumes_state_check;
alter table resumes
  add constraint resumes_state_check check (state in ('parsing', 'ready', 'parse_failed')),
  -- How often it was to be parsed, and up to which time of these it is known what came of it.
  add column parse_epoch integer not null default 0,
  add column settled_epoch integer not null default 0,
  -- Of them in a row those that nobody but Valet asked for, since the one before was lost.
  add column automatic_parses integer not null default 0,
  add column parse_asked_at timestamptz,
  -- The engine's run of the newest; null until the engine was asked.
  add column parse_run_id text,
  -- Why the newest gave nothing.
  add column failure text,
  -- Of its own events.
  add column last_seq integer not null default 0;
create index resumes_unsettled on resumes (parse_asked_at) where settled_epoch < parse_epoch;

-- What a parse found. One that is there is never changed to less: a later one is a row of its own.
create table resume_parses (
  resume_id uuid not null references resumes on delete cascade,
  epoch integer not null,
  user_id uuid not null references users on delete cascade,
  -- {resume, sources}
  parsed jsonb not null,
  -- Whether a model had a say in it.
  is_refined boolean not null default false,
  -- When it became what is known of the résumé; null for one that did not, or not yet.
  saved_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (resume_id, epoch)
);

-- What happens to a résumé, in the one order of everything that happens to the person.
create table resume_events (
  resume_id uuid not null references resumes on delete cascade,
  seq integer not null,
  epoch integer not null,
  user_id uuid not null references users on delete cascade,
  -- Always the trigger's below; never really 0.
  position integer not null default 0,
  type text not null,
  at timestamptz not null default now(),
  data jsonb not null,
  primary key (resume_id, seq)
);
create unique index resume_events_by_person on resume_events (user_id, position);

create function take_resume_log_position() returns trigger language plpgsql as $$
begin
  insert into person_logs as log (user_id, last_position) values (new.user_id, 1)
  on conflict (user_id) do update set last_position = log.last_position + 1
  returning last_position into new.position;
  return new;
end
$$;
create trigger take_resume_log_position before insert on resume_events
  for each row execute function take_resume_log_position();

-- The engine is told of applications and of résumés.
alter table outbox
  alter column task_id drop not null,
  add column resume_id uuid references resumes on delete cascade,
  add constraint outbox_is_about_one_thing check ((task_id is null) <> (resume_id is null));

-- Where a value comes from that the person did not write: {pointer: {resumeId, readFrom, acceptedAt}}.
alter table profiles add column sources jsonb not null default '{}';

create index tasks_waiting_for_resume on tasks (resume_id) where state = 'created';

call guard_rows('resume_parses', 'select');
call guard_rows('resume_events', 'select, insert');
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
);
