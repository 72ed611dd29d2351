-- Opens one live stream of a person's events for a page that can send no header of its own. The stream ends
-- with what the ticket was given for: a key, a login, or a token that is good until then.
create table stream_tickets (
  ticket_hash text primary key,
  user_id uuid not null references users on delete cascade,
  api_key_id uuid references api_keys on delete cascade,
  login_hash text references login_sessions on delete cascade,
  good_until timestamptz,
  -- Of the page that asked, as browsers name it; null for a program, which must then come without one.
  origin text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index stream_tickets_old on stream_tickets (expires_at);
call guard_rows('stream_tickets', 'select, insert, delete');
