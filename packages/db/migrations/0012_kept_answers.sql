-- What a request with an Idempotency-Key was answered with, so that the same request does its work once.
create table kept_answers (
  user_id uuid not null references users on delete cascade,
  key text not null,
  -- Of method, address and body, hex.
  request_hash text not null,
  -- Which try works on it: one that comes later may take it over from a process that is gone.
  try_id uuid not null,
  started_at timestamptz not null default now(),
  -- Null while it is worked on.
  status integer,
  body text,
  primary key (user_id, key),
  check (status is not null or body is null)
);
create index kept_answers_by_age on kept_answers (started_at);

call guard_rows('kept_answers', 'select, insert, update, delete');
