-- What once brought a widget that no rule knows to its value, on pages laid out like this one: elements and
-- what was done to them. No value of anybody stands in it, so it serves everybody.
create table form_recipes (
  host text not null,
  -- SHA-256 of the layout, in hex.
  signature text not null,
  -- Made of its id, which may be words of the page.
  field_key text not null,
  -- [{do, at}]
  recipe jsonb not null,
  -- Who pointed at it.
  engine text not null,
  found_at timestamptz not null default now(),
  primary key (host, signature, field_key)
);
