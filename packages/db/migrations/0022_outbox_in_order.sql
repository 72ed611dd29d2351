-- Messages are taken in their order. With many that wait, as after an outage, Postgres otherwise goes through all
-- that were ever sent to find the first one that was not: a second for each beside a million.
create index outbox_unsent on outbox (id) where sent_at is null;
drop index outbox_waiting;
