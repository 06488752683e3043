-- why:   a call that is over says that its recording is being made, until it is there
-- locks: none (a function is replaced)
-- breaks older nodes: no

create or replace function await_recording() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into earshot.call_recording (workspace_id, call_id) values (new.workspace_id, new.id) on conflict do nothing;
  update earshot.call c set recording = 'processing' where c.workspace_id = new.workspace_id and c.id = new.id and c.recording in ('on', 'paused');
  return null;
end $$;
