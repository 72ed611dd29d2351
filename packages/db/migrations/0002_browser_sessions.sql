-- Every session host that runs or ran: its process, where it answers, and when it last said so.
create table session_hosts (
  -- One process of a host: a restart is another row.
  id text primary key,
  url text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  -- What it holds, counts and sizes only: for `valet sessions`.
  report jsonb not null default '{}'
);

-- One row a browser session: which host has its browser and who may drive it. Leases and fences are
-- decided here by this database's clock alone, so that no process's clock matters.
create table browser_sessions (
  id uuid primary key default gen_random_uuid(),
  task_id uuid not null references tasks on delete cascade,
  user_id uuid not null references users on delete cascade,
  host_id text not null,
  host_url text not null,
  state text not null check (state in ('live', 'closed', 'lost', 'hibernated')),
  -- Grows with every attach; whoever holds a lower one is cut off.
  fence bigint not null default 0,
  -- Who drives it and until when that holds unless renewed; null when nobody does.
  owner text,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index one_live_session_per_task on browser_sessions (task_id) where state = 'live';
create index browser_sessions_by_task on browser_sessions (task_id, created_at desc);
create index live_sessions_by_host on browser_sessions (host_id) where state = 'live';
