-- An address of the person's own that is told what happens to their applications.
create table webhooks (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  url text not null,
  -- The types of events it is told of; null for all.
  events text[],
  -- It signs, so a hash would not do.
  secret text not null,
  -- Signs as well until then, so that a receiver can change over.
  previous_secret text,
  previous_secret_until timestamptz,
  created_at timestamptz not null default now(),
  -- Null while it is told.
  disabled_at timestamptz,
  disabled_reason text check (disabled_reason in ('by_person', 'gone', 'failing')),
  last_success_at timestamptz,
  -- Messages that were given up, and tries that failed.
  exhausted_since_success integer not null default 0,
  failed_since_success integer not null default 0,
  check ((disabled_at is null) = (disabled_reason is null)),
  check ((previous_secret is null) = (previous_secret_until is null))
);
create index webhooks_by_user on webhooks (user_id, created_at);

-- One row a message to one webhook. What it says is read from the event when it is sent: no copy of it is kept.
create table webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references webhooks on delete cascade,
  -- The event of the task's log that it tells of; null for a ping.
  task_id uuid references tasks on delete cascade,
  seq integer,
  type text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  -- Of the last try: the status it was answered with, or a code for why there was none; and how long it took.
  last_status integer,
  last_error text,
  last_ms integer,
  last_attempt_at timestamptz,
  created_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  -- Until then one process is trying it; after that the process is taken for dead.
  claimed_until timestamptz,
  delivered_at timestamptz,
  check ((task_id is null) = (seq is null))
);
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, available_at)
  where state = 'waiting';
create index webhook_deliveries_by_webhook on webhook_deliveries (webhook_id, created_at desc, id desc);
create index webhook_deliveries_by_task on webhook_deliveries (task_id);

-- Whatever writes events, webhooks are told of them: no code path can forget it. Once a statement, since most
-- people have no webhook. One that is being deleted is passed over: waiting for it would end in an error here.
create function tell_webhooks() returns trigger language plpgsql
  -- With the rights of whoever owns the tables: an event is written for a person who may write no delivery.
  security definer set search_path = public as $$
begin
  insert into webhook_deliveries (webhook_id, task_id, seq, type)
    select webhook.id, event.task_id, event.seq, event.type
    from written_events event
    join tasks task on task.id = event.task_id
    join webhooks webhook on webhook.user_id = task.user_id
    where webhook.disabled_at is null
      and (webhook.events is null or event.type = any (webhook.events))
    for key share of webhook skip locked;
  return null;
end
$$;
create trigger tell_webhooks after insert on task_events
  referencing new table as written_events
  for each statement execute function tell_webhooks();

-- A notice is about an event of an application, or about a webhook that was switched off.
alter table notices
  alter column task_id drop not null,
  alter column seq drop not null,
  add column webhook_id uuid references webhooks on delete cascade,
  add constraint notice_is_about_one_thing check (
    (task_id is null) = (seq is null) and (task_id is null) <> (webhook_id is null)
  );

-- From then on nothing new is accepted from this person.
alter table users add column erasing_since timestamptz;

-- People who asked to be erased, until nothing of them is left; then the row goes as well.
create table erasures (
  -- No reference: the person's row is gone before everything is.
  user_id uuid primary key,
  requested_at timestamptz not null default now(),
  -- When nothing was left in this database.
  rows_erased_at timestamptz,
  -- Folders of the object store that may hold something of theirs.
  prefixes text[] not null default '{}',
  -- Browsers whose host has not said yet that they are gone: [{sessionId, hostId, hostUrl}].
  sessions jsonb not null default '[]',
  attempts integer not null default 0,
  -- Code of what went wrong last.
  last_error text,
  available_at timestamptz not null default now()
);

-- That something was sent, without saying by whom, to whom or what: whoever has a receipt can match it by its
-- digest, and nobody can get from here to a person.
create table erased_submissions (
  id uuid primary key default gen_random_uuid(),
  -- Of what was approved, hex.
  digest text not null,
  -- Of the request that left, hex.
  request_digest text,
  outcome text not null,
  dispatched_at timestamptz not null,
  decided_at timestamptz
);

call guard_rows('webhooks', 'select, insert, update, delete');
-- A ping has no task.
alter table webhook_deliveries enable row level security;
create policy own_rows on webhook_deliveries for all to valet_person using (
  exists (select from webhooks
    where webhooks.id = webhook_deliveries.webhook_id and webhooks.user_id = (select valet_person_id()))
) with check (
  exists (select from webhooks
    where webhooks.id = webhook_deliveries.webhook_id and webhooks.user_id = (select valet_person_id()))
  and (task_id is null or exists (select from tasks
    where tasks.id = webhook_deliveries.task_id and tasks.user_id = (select valet_person_id())))
);
grant select, insert, update on webhook_deliveries to valet_person;
