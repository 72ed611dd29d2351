-- A browser that was closed while its task waits for a person: what is needed to open it again.
create table hibernations (
  task_id uuid primary key references tasks on delete cascade,
  -- Of the task: what an older start left is of no use.
  epoch integer not null,
  session_id text not null,
  -- Cookies and local storage are in the object store, and are erased when the task has ended.
  storage_key text not null,
  byte_size integer not null,
  -- Of everything that was shown when the browser was closed.
  digest text not null,
  -- The place: the page of the form, its origin and path.
  page integer not null,
  url text not null,
  parked_at timestamptz not null default now(),
  -- Null while there is no browser.
  resumed_at timestamptz
);
