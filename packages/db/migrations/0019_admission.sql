-- An application is handed to the engine only when it may start (design, section 4): until then it is
-- `queued` with no `admitted_at`.
alter table tasks
  -- Whom it goes to, for what sites and employers are spared.
  add column host text not null default '',
  add column employer text,
  -- Among those of one person: 1 low, 2 normal, 3 high.
  add column priority smallint not null default 2 check (priority between 1 and 3),
  -- Not sooner than this.
  add column not_before timestamptz,
  add column admitted_at timestamptz,
  -- When its browser was first on its way to the site.
  add column opened_at timestamptz,
  -- What kept it from starting when it was looked at last, and until when that is known to hold.
  add column held_up_by text,
  add column held_up_until timestamptz;
update tasks
  set host = split_part(split_part(job_url, '://', 2), '/', 1),
      admitted_at = case when state = 'created' then null else created_at end,
      opened_at = case when state in ('created', 'queued') then null else created_at end;
create index tasks_to_admit on tasks (user_id, priority desc, created_at)
  where state = 'queued' and admitted_at is null;
create index tasks_admitted on tasks (admitted_at) where admitted_at is not null;
create index tasks_of_person_admitted on tasks (user_id, admitted_at) where admitted_at is not null;
create index tasks_opened on tasks (host, opened_at) where opened_at is not null;

-- What a person wants to be kept to; never more than everybody is.
create table person_limits (
  user_id uuid primary key references users on delete cascade,
  limits jsonb not null default '{}',
  -- By which their days are counted, such as Europe/Oslo; UTC while nobody said.
  time_zone text,
  updated_at timestamptz not null default now()
);
call guard_rows('person_limits', 'select, insert, update');

-- What everybody is kept to, where an admin said so: one row.
create table installation_limits (
  id boolean primary key default true check (id),
  limits jsonb not null default '{}',
  updated_at timestamptz not null default now()
);

-- Hosts that turned us away: left alone for a while, each time for longer.
create table cool_downs (
  host text primary key,
  strikes integer not null check (strikes > 0),
  struck_at timestamptz not null,
  until timestamptz not null
);
