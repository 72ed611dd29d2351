-- The events of résumés take their place in a person's order by the function that those of applications
-- take it by: whose they are is always said, so that it never looks for a task.
drop trigger take_resume_log_position on resume_events;
drop function take_resume_log_position();
create trigger take_log_position before insert on resume_events
  for each row execute function take_log_position();
