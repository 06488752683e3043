-- why:   voice messages: what a sound file is and how it looks, which conversations have one, and those still to be fetched
-- locks: file and entry briefly, while columns without a rewrite, small partial indexes and a trigger are added
-- breaks older nodes: no

alter table file
  add column duration_ms int check (duration_ms > 0),
  add column codec text,
  add column channels smallint,
  add column peaks bytea,
  add column peaks_tries smallint not null default 0;
comment on column file.duration_ms is 'Of sound files that were looked into; null for everything else.';
comment on column file.peaks is 'The outline of a sound file: up to 600 columns of one byte. Null until a sweep has made it.';
create index file_without_peaks on file (created_at) where duration_ms is not null and peaks is null and peaks_tries < 3;

/* Of all workspaces: sound files whose outline is still to be made, of the given types. */
create function find_files_without_peaks(p_types text[], p_limit int, out workspace_id uuid, out id uuid, out storage_key text, out media_type text)
returns setof record language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.workspace_id, f.id, f.storage_key, f.media_type from earshot.file f
   where f.duration_ms is not null and f.peaks is null and f.peaks_tries < 3 and f.media_type = any (p_types)
   order by f.created_at limit p_limit
$$;
alter function find_files_without_peaks owner to earshot_log;
revoke all on function find_files_without_peaks from public;
grant execute on function find_files_without_peaks to earshot_app;

create table audio_fetch (
  workspace_id uuid not null,
  conversation_id uuid not null,
  file_id uuid not null,
  url text not null,
  name text not null,
  attempts smallint not null default 0,
  due_at timestamptz not null default now(),
  failure text,
  primary key (workspace_id, file_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index audio_fetch_due on audio_fetch (due_at) where failure is null;
create index audio_fetch_of_conversation on audio_fetch (workspace_id, conversation_id);
comment on table audio_fetch is 'Sound that lies elsewhere and is to be kept here: deleted when it is, with a failure when it cannot be.';
select earshot.isolate('audio_fetch');

/* Of all workspaces; claimed by moving due_at on, so that two nodes do not fetch the same. */
create function claim_audio_fetches(p_limit int, out workspace_id uuid, out file_id uuid, out conversation_id uuid, out url text, out name text, out attempts smallint)
returns setof record language sql security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.audio_fetch f set due_at = now() + interval '2 minutes' * (f.attempts + 1), attempts = f.attempts + 1
   from (select x.workspace_id, x.file_id from earshot.audio_fetch x where x.failure is null and x.due_at <= now()
          order by x.due_at limit p_limit for update skip locked) due
   where f.workspace_id = due.workspace_id and f.file_id = due.file_id
  returning f.workspace_id, f.file_id, f.conversation_id, f.url, f.name, f.attempts
$$;
alter function claim_audio_fetches owner to earshot_log;
revoke all on function claim_audio_fetches from public;
grant execute on function claim_audio_fetches to earshot_app;

create index entry_audio on entry (workspace_id, conversation_id, position)
  where data @? '$.attachments[*] ? (@.mediaType starts with "audio/")';

/* Whoever appends, a message with sound marks its conversation, and what lies elsewhere is put down to be fetched. */
create function note_audio() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update earshot.conversation c set has_audio = true
   where c.workspace_id = new.workspace_id and c.id = new.conversation_id and not c.has_audio;
  insert into earshot.audio_fetch (workspace_id, conversation_id, file_id, url, name)
  select new.workspace_id, new.conversation_id, (a ->> 'id')::uuid, a ->> 'externalUrl', a ->> 'name'
    from jsonb_array_elements(new.data -> 'attachments') a
   where a ->> 'mediaType' like 'audio/%' and a ->> 'externalUrl' like 'http%'
  on conflict do nothing;
  return null;
end $$;
alter function note_audio owner to earshot_log;
revoke all on function note_audio from public;
create trigger entry_with_audio after insert on entry for each row
  when (new.data is not null and new.data @? '$.attachments[*] ? (@.mediaType starts with "audio/")')
  execute function note_audio();
