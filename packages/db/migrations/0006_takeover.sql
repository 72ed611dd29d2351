-- One ticket opens one connection to one live browser, once and within a minute. Who holds control is
-- the owner of the session's fence (`person:<user>`); what a ticket may do is decided again by the host.
create table takeover_tickets (
  -- SHA-256 of the ticket, hex: what is stored here opens nothing.
  ticket_hash text primary key,
  task_id uuid not null references tasks on delete cascade,
  user_id uuid not null references users on delete cascade,
  session_id uuid not null references browser_sessions on delete cascade,
  mode text not null check (mode in ('view', 'control')),
  -- The window that took control.
  control_id uuid check ((control_id is not null) = (mode = 'control')),
  -- Of the only page that may use it.
  origin text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  check (expires_at <= created_at + interval '60 seconds')
);
create index takeover_tickets_by_expiry on takeover_tickets (expires_at);
