-- What the page of a job says of it, for people to tell their applications apart by.
alter table tasks add column posting jsonb not null default '{}';
