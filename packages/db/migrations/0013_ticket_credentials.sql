-- A live browser ends for whoever is no longer let in: a ticket keeps what it was given for, as those of
-- streams do. A login that has ended is gone; the row stays, to say who came when, and so names it freely.
alter table takeover_tickets
  add column api_key_id uuid references api_keys on delete cascade,
  add column login_hash text,
  add column good_until timestamptz;
