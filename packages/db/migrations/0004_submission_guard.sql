alter table submission_intents
  -- The browser session that was armed: only its gate, under its fence, may release the request.
  add column session_id uuid,
  -- SHA-256 of the released request's method, URL and body, hex.
  add column request_digest text,
  -- What the session host saw of the answer: status, failure, redirects; no page text.
  add column response jsonb,
  -- Whether proof or the person's word decided what became of it.
  add column decided_by text check (decided_by in ('proof', 'person'));

-- An older attempt names the one that takes its place before that one is written.
alter table submission_intents
  alter constraint submission_intents_superseded_by_fkey deferrable initially deferred;

-- The one definition of an attempt that keeps its job from being applied for again.
create function is_live_intent(intent submission_intents) returns boolean
  language sql immutable as $$
    select intent.superseded_by is null and (
      intent.state in ('prepared', 'approved', 'armed', 'dispatched', 'confirmed', 'unknown')
      or (intent.state = 'rejected' and intent.evidence ->> 'verdict' is not distinct from 'already_applied')
    )
  $$;

-- One job goes by several keys (mirror boards): attempts that share any of them exclude each other.
create table intent_job_keys (
  intent_id uuid not null references submission_intents on delete cascade,
  user_id uuid not null references users on delete cascade,
  job_key text not null,
  is_live boolean not null,
  primary key (intent_id, job_key)
);
create unique index one_live_intent_per_key on intent_job_keys (user_id, job_key) where is_live;

-- Live ones first, which exclude each other already; an older verdict must not stand in their way.
insert into intent_job_keys (intent_id, user_id, job_key, is_live)
  select id, user_id, job_key, is_live_intent(intent)
  from submission_intents intent
  order by is_live_intent(intent) desc, state = 'rejected', created_at
  on conflict do nothing;

-- Whatever writes an attempt, its keys follow: no code path can forget them.
create function follow_intent() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into intent_job_keys (intent_id, user_id, job_key, is_live)
      values (new.id, new.user_id, new.job_key, is_live_intent(new));
    return null;
  end if;
  update intent_job_keys set is_live = is_live_intent(new)
    where intent_id = new.id and is_live <> is_live_intent(new);
  -- An attempt that repeats one of unknown outcome and sends nothing gives the job back to that one.
  if new.state = 'aborted' and old.state <> 'aborted' then
    update submission_intents set superseded_by = null where superseded_by = new.id;
  end if;
  return null;
end
$$;
create trigger follow_intent
  after insert or update of state, superseded_by, evidence on submission_intents
  for each row execute function follow_intent();

-- Autopilot: what a person allowed to be sent without looking. Never a missing check.
create table standing_consents (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  -- Of the wording that was agreed to.
  version integer not null,
  -- {"taskId": …} for one application, {"all": true} for every one.
  scope jsonb not null,
  -- Approvals given under it in 24 hours, over all consents of the person.
  daily_cap integer not null default 50 check (daily_cap > 0),
  granted_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index standing_consents_by_user on standing_consents (user_id) where revoked_at is null;

alter table approvals add column consent_id uuid references standing_consents;
create index autopilot_approvals_by_user on approvals (user_id, consumed_at) where mode = 'autopilot';

-- What was started as autopilot before consents were rows goes on as it was meant.
insert into standing_consents (user_id, version, scope)
  select user_id, 1, jsonb_build_object('taskId', id)
  from tasks where mode = 'autopilot' and not rehearsal and finished_at is null;

-- The attempt of unknown outcome that the person chose to repeat, accepting a duplicate.
alter table tasks add column repeats_intent_id uuid references submission_intents on delete set null;
