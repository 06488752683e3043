-- why:   a conversation that was a call lasts until somebody hangs up, not until the last word
-- locks: none (a function is replaced)
-- breaks older nodes: no

create or replace function await_recording() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into earshot.call_recording (workspace_id, call_id) values (new.workspace_id, new.id) on conflict do nothing;
  update earshot.call c set recording = 'processing' where c.workspace_id = new.workspace_id and c.id = new.id and c.recording in ('on', 'paused');
  update earshot.conversation c set last_message_at = new.ended_at, activity_min = date_bin('10 minutes', new.ended_at, '2000-01-01')
   where c.workspace_id = new.workspace_id and c.id = new.conversation_id and c.last_message_at < new.ended_at;
  return null;
end $$;
