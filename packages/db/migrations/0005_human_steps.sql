alter table human_steps
  -- What a question asks: [{fieldId, question, options}].
  add column questions jsonb not null default '[]',
  -- Typed by the person for the page. Erased once it was used, or when the task ends.
  add column code text,
  -- How many characters the page has boxes for, where it shows that.
  add column code_length integer;

-- What the person answered for one application alone; `remember` puts it into the profile as well.
create table task_answers (
  task_id uuid not null references tasks on delete cascade,
  field_id text not null,
  -- As the form words it: a field is known by its words where ids have moved.
  question text not null,
  answer jsonb not null,
  answered_at timestamptz not null default now(),
  primary key (task_id, field_id, question)
);

-- Seconds by kind of human step, where the person chose another limit than the usual one.
alter table tasks add column wait_limits jsonb not null default '{}';

-- What a person is told outside Valet: by mail. Written in the transaction that asks them or that ends the
-- application, and deleted once it was told.
create table notices (
  id uuid primary key default gen_random_uuid(),
  task_id uuid not null references tasks on delete cascade,
  -- The event of the task's log that it is about; one event is told once.
  seq integer not null,
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  unique (task_id, seq)
);
create index notices_waiting on notices (available_at);

-- Whatever writes such an event, the person is told: no code path can forget it.
create function note_event() returns trigger language plpgsql as $$
begin
  insert into notices (task_id, seq) values (new.task_id, new.seq);
  return null;
end
$$;
create trigger note_event after insert on task_events
  for each row when (new.type in ('human_needed', 'completed', 'failed'))
  execute function note_event();
