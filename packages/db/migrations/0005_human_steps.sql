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
