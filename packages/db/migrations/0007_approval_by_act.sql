-- A person at the page approves by pressing the button that sends: good for that press alone, once more, in
-- that browser, for as long as nobody else takes it over.
alter table approvals drop constraint approvals_mode_check;
alter table approvals
  add column session_id uuid,
  add column fence bigint,
  -- SHA-256 over what the press would send, hex.
  add column press_digest text,
  add constraint approvals_mode_check check (mode in ('copilot', 'autopilot', 'act')),
  add constraint act_names_its_press check (
    (mode = 'act') = (session_id is not null and fence is not null and press_digest is not null)
  );
