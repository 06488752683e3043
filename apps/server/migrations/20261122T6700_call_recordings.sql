-- why:   what a call leaves: its recording, from the hub's disk into the file store, until it is deleted or too old (ADR 0044)
-- locks: call briefly (two triggers); functions of merge and split are replaced
-- breaks older nodes: no

create table call_recording (
  workspace_id uuid not null,
  call_id uuid not null,
  state text not null default 'processing' check (state in ('processing', 'ready', 'failed', 'none', 'removed')),
  reason text,
  progress smallint not null default 0 check (progress between 0 and 100),
  attempts int not null default 0,
  due_at timestamptz default clock_timestamp(),
  lease uuid,
  original_key text,
  mp3_key text,
  peaks_key text,
  original_bytes bigint,
  mp3_bytes bigint,
  original_sha bytea,
  mp3_sha bytea,
  duration_ms int,
  recorded_at timestamptz,
  speakers jsonb not null default '[]',
  gaps jsonb not null default '[]',
  words text check (words in ('spoken', 'transcribing', 'transcribed', 'failed', 'none')),
  words_tries smallint not null default 0,
  ready_at timestamptz,
  forgotten_at timestamptz,
  removed_at timestamptz,
  primary key (workspace_id, call_id),
  foreign key (workspace_id, call_id) references call on delete cascade,
  check (state <> 'ready' or (duration_ms is not null and original_key is not null and mp3_key is not null and peaks_key is not null)),
  check (state <> 'removed' or (removed_at is not null and original_key is null and mp3_key is null and peaks_key is null))
);
comment on table call_recording is 'A row from the moment the call ends. Work on it is leased: due_at is when it is to be looked at next, null when nothing is left to do.';
comment on column call_recording.original_key is 'Where it lies in the file store; written down before the bytes are, so that a deletion finds them whatever happens.';
comment on column call_recording.forgotten_at is 'When the media hub was told to remove its copy.';
comment on column call_recording.removed_at is 'When the sound was removed while the conversation stays: this row is then its tombstone.';
comment on column call_recording.words is 'Where the transcript comes from: spoken (kept while the call ran), from the recording afterwards, or nowhere.';
create index call_recording_due on call_recording (due_at) where due_at is not null;
create index call_recording_ready on call_recording (ready_at) where state = 'ready';
select earshot.isolate('call_recording');

create table call_remains (
  workspace_id uuid not null,
  call_id uuid not null,
  id uuid not null default uuidv7(),
  storage_keys text[] not null,
  engine boolean not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  primary key (workspace_id, call_id, id)
);
comment on table call_remains is 'What is still to be removed of a call that is gone, or of its sound: files, and the copy of the media hub.';
create index call_remains_due on call_remains (due_at);
select earshot.isolate('call_remains');

/* However a call ends, its recording is looked after from then on. */
create function await_recording() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into earshot.call_recording (workspace_id, call_id) values (new.workspace_id, new.id) on conflict do nothing;
  return null;
end $$;
create trigger call_ended after update of state on call for each row when (new.state = 'ended' and old.state <> 'ended') execute function await_recording();

/* A call goes with its conversation. Who was writing its files at that moment may write them once more: they are removed again when its lease is over. */
create function leave_remains() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into earshot.call_remains (workspace_id, call_id, storage_keys, engine, due_at)
  select old.workspace_id, old.id, k.keys, k.engine, greatest(clock_timestamp(), k.again)
    from (select array_remove(array[r.original_key, r.mp3_key, r.peaks_key], null) as keys, r.forgotten_at is null as engine, x.again
            from earshot.call_recording r, lateral (select clock_timestamp() as again union select r.due_at where r.state = 'processing' and r.lease is not null) x
           where r.workspace_id = old.workspace_id and r.call_id = old.id
          union all
          select '{}', true, clock_timestamp() where not exists (select from earshot.call_recording r where r.workspace_id = old.workspace_id and r.call_id = old.id)) k
   where k.engine or cardinality(k.keys) > 0;
  return old;
end $$;
create trigger call_leaves_remains before delete on call for each row execute function leave_remains();

create function claim_call_recordings(p_limit int, p_lease interval, out workspace_id uuid, out call_id uuid, out lease uuid)
returns setof record language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.call_recording r set lease = gen_random_uuid(), due_at = clock_timestamp() + p_lease, attempts = r.attempts + 1
    from (select x.workspace_id, x.call_id from earshot.call_recording x where x.due_at <= clock_timestamp()
           order by x.due_at limit p_limit for update skip locked) due
   where r.workspace_id = due.workspace_id and r.call_id = due.call_id
  returning r.workspace_id, r.call_id, r.lease
$$;
create function claim_call_remains(p_limit int, out workspace_id uuid, out call_id uuid, out id uuid, out storage_keys text[], out engine boolean)
returns setof record language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.call_remains r set attempts = r.attempts + 1, due_at = clock_timestamp() + least(600, 5 * 2 ^ least(r.attempts, 10)) * interval '1 second'
    from (select x.workspace_id, x.call_id, x.id from earshot.call_remains x where x.due_at <= clock_timestamp()
           order by x.due_at limit p_limit for update skip locked) due
   where r.workspace_id = due.workspace_id and r.call_id = due.call_id and r.id = due.id
  returning r.workspace_id, r.call_id, r.id, r.storage_keys, r.engine
$$;
create function find_expired_recordings(p_limit int, out workspace_id uuid, out call_id uuid)
returns setof record language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.workspace_id, r.call_id
    from earshot.call_recording r join earshot.voice_settings s on s.workspace_id = r.workspace_id
   where r.state = 'ready' and s.recording_days is not null and r.ready_at < now() - s.recording_days * interval '1 day'
   order by r.ready_at limit p_limit
$$;

/* Whether anything of a conversation can be heard: voice messages, or the recording of a call. */
create function recount_audio(p_workspace uuid, p_conversation uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.conversation c set has_audio = x.has
    from (select exists (select from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id = p_conversation
                          and e.data @? '$.attachments[*] ? (@.mediaType starts with "audio/")')
              or exists (select from earshot.call k join earshot.call_recording r on r.workspace_id = k.workspace_id and r.call_id = k.id
                          where k.workspace_id = p_workspace and k.conversation_id = p_conversation and r.state = 'ready') as has) x
   where c.workspace_id = p_workspace and c.id = p_conversation and c.has_audio <> x.has
     and p_workspace = current_setting('earshot.workspace_id')::uuid
$$;

/* As before; a call goes with the part of the log that it begins in. */
create or replace function split_entries(p_workspace uuid, p_from uuid, p_into uuid, p_position int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_moved int; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  update earshot.entry e set conversation_id = p_into, position = e.position - p_position + 1
   where e.workspace_id = p_workspace and e.conversation_id = p_from and e.position >= p_position;
  get diagnostics v_moved = row_count;
  update earshot.file f set conversation_id = p_into
   where f.workspace_id = p_workspace and f.conversation_id = p_from and f.id in (
     select (a ->> 'id')::uuid from earshot.entry e, jsonb_array_elements(e.data -> 'attachments') a
      where e.workspace_id = p_workspace and e.conversation_id = p_into and e.data ? 'attachments');
  update earshot.call k set conversation_id = p_into
   where k.workspace_id = p_workspace and k.conversation_id = p_from
     and not exists (select from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id = p_from
                      and e.data #>> '{call,callId}' = k.id::text)
     and (exists (select from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id = p_into
                      and e.data #>> '{call,callId}' = k.id::text)
       or k.started_at >= (select min(e.at) from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id = p_into));
  insert into earshot.visit_conversation (workspace_id, conversation_id, visit_id, linked_at)
    select v.workspace_id, p_into, v.visit_id, v.linked_at from earshot.visit_conversation v
     where v.workspace_id = p_workspace and v.conversation_id = p_from;
  return v_moved;
end $$;

do $$ declare f text; begin
  foreach f in array array['await_recording', 'leave_remains', 'claim_call_recordings', 'claim_call_remains', 'find_expired_recordings', 'recount_audio'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
