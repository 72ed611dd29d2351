alter table api_keys
  add column name text not null default 'first key',
  -- The first six random characters: tells keys apart in a list and opens nothing.
  add column hint text,
  add column scopes text[] not null default '{read,apply,approve,account,admin}'
    check (cardinality(scopes) > 0 and scopes <@ '{read,apply,approve,account,admin}'::text[]),
  -- What a key that takes its place gets as well; null: good until it is revoked.
  add column lifetime_days integer check (lifetime_days > 0),
  add column expires_at timestamptz,
  add column last_used_at timestamptz;
-- The defaults were for keys that are there already: they go on doing what they could.
alter table api_keys alter column name drop default, alter column scopes drop default;
create index api_keys_by_user on api_keys (user_id, created_at desc);

-- Who a person is to the token issuer: issuer and subject. Null for whoever has only keys of ours.
alter table users add column subject text unique;

-- A browser that showed a key once and goes on with a cookie. It ends with the key.
create table login_sessions (
  -- SHA-256 of the cookie, hex: what is stored here opens nothing.
  token_hash text primary key,
  api_key_id uuid not null references api_keys on delete cascade,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index login_sessions_by_user on login_sessions (user_id);
create index login_sessions_by_key on login_sessions (api_key_id);

-- What follows makes Postgres itself keep people apart (docs/decisions/0018): requests of a person run as the role
-- valet_person, which sees and writes that person's rows alone. Whoever owns the tables is not bound by it.

do $$
begin
  begin
    create role valet_person nologin;
  exception
    -- Roles belong to the server: another database of it has made it, or makes it at this moment.
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
      if not exists (select from pg_roles where rolname = 'valet_person') then raise; end if;
  end;
  if exists (select from pg_roles where rolname = 'valet_person' and (rolsuper or rolbypassrls)) then
    raise exception 'the role valet_person may see everything; as a superuser: alter role valet_person nosuperuser nobypassrls';
  end if;
  begin
    set local role valet_person;
    reset role;
  exception when insufficient_privilege then
    grant valet_person to current_user;
  end;
exception
  when insufficient_privilege then
    raise exception 'this database user may not make or take on the role valet_person; as a superuser: create role valet_person nologin; grant valet_person to %', quote_ident(current_user);
end
$$;
grant usage on schema public to valet_person;

-- Whose rows this connection is for; null where nobody said, and then there are none.
create function valet_person_id() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('valet.person', true), '')::uuid
$$;

-- Shuts a table for everybody but its owner and gives persons these privileges on rows of their own: those of
-- its user_id, else of its task_id. A row with both that is written must belong to them by both.
create procedure guard_rows(guarded regclass, privileges text, is_own text default null)
language plpgsql as $$
declare
  columns text[] := array(
    select attname::text from pg_attribute where attrelid = guarded and attnum > 0 and not attisdropped);
  own text[] := array_remove(array[
    is_own,
    case when 'user_id' = any (columns) then 'user_id = (select valet_person_id())' end,
    case when 'task_id' = any (columns) then format(
      'exists (select from tasks where tasks.id = %s.task_id and tasks.user_id = (select valet_person_id()))',
      guarded) end
  ], null);
begin
  if cardinality(own) = 0 then
    raise exception 'nothing says whose the rows of % are', guarded;
  end if;
  execute format('alter table %s enable row level security', guarded);
  execute format('create policy own_rows on %s for all to valet_person using (%s) with check (%s)',
    guarded, own[1], array_to_string(own, ' and '));
  execute format('grant %s on %s to valet_person', privileges, guarded);
end
$$;

-- Locking one's own row takes the right to change something of it; the role is not among that.
call guard_rows('users', 'select, update (name)', 'id = (select valet_person_id())');
call guard_rows('api_keys', 'select, insert, update');
call guard_rows('login_sessions', 'select, delete');
call guard_rows('profiles', 'select, insert, update, delete');
call guard_rows('resumes', 'select, insert, update, delete');
call guard_rows('standing_consents', 'select, insert, update');
call guard_rows('tasks', 'select, insert, update');
call guard_rows('task_events', 'select, insert');
call guard_rows('task_answers', 'select, insert, update, delete');
call guard_rows('human_steps', 'select, update');
call guard_rows('approvals', 'select, insert, update');
call guard_rows('submission_intents', 'select, update');
call guard_rows('intent_job_keys', 'select, update');
call guard_rows('takeover_tickets', 'select, insert, update, delete');
-- Written in the transaction that decides it, and read by nobody but the relays.
call guard_rows('outbox', 'insert');
call guard_rows('notices', 'insert');
-- Written by workers and session hosts alone.
call guard_rows('reviews', 'select');
call guard_rows('task_pages', 'select');
call guard_rows('task_runs', 'select');
call guard_rows('step_runs', 'select');
call guard_rows('evidence', 'select');
call guard_rows('hibernations', 'select');
call guard_rows('browser_sessions', 'select');
call guard_rows('person_logs', 'select, insert, update');
