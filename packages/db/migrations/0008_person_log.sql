-- Everything that happens to a person's applications in one order, so that a reader of all of them can
-- resume too. Numbered as within a task: under a row lock that is held until commit, so without gaps.
create table person_logs (
  user_id uuid primary key references users on delete cascade,
  last_position integer not null
);

alter table task_events
  add column user_id uuid references users on delete cascade,
  -- Always the trigger's below; never really 0.
  add column position integer default 0;

with numbered as (
  select
    task_events.task_id,
    task_events.seq,
    tasks.user_id,
    row_number() over (
      partition by tasks.user_id order by task_events.at, task_events.task_id, task_events.seq
    ) as position
  from task_events
  join tasks on tasks.id = task_events.task_id
)
update task_events
set user_id = numbered.user_id, position = numbered.position
from numbered
where numbered.task_id = task_events.task_id and numbered.seq = task_events.seq;

insert into person_logs (user_id, last_position)
select user_id, max(position) from task_events group by user_id;

alter table task_events alter column user_id set not null, alter column position set not null;
create unique index task_events_by_person on task_events (user_id, position);

-- A trigger, so that a version of Valet that knows nothing of positions leaves no hole either. Writers lock
-- the task first and append last, so they wait for each other here in one direction only.
create function take_log_position() returns trigger language plpgsql as $$
begin
  if new.user_id is null then
    select user_id into strict new.user_id from tasks where id = new.task_id;
  end if;
  insert into person_logs as log (user_id, last_position) values (new.user_id, 1)
  on conflict (user_id) do update set last_position = log.last_position + 1
  returning last_position into new.position;
  return new;
end
$$;
create trigger take_log_position before insert on task_events
  for each row execute function take_log_position();
