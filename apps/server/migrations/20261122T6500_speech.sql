-- why:   calls need somebody who listens and somebody who speaks; what callers really heard of an answer belongs to its entry (ADR 0042)
-- locks: none
-- breaks older nodes: no

create table voice_speech (
  workspace_id uuid primary key references workspace on delete cascade,
  recogniser text not null check (recogniser in ('none', 'deepgram', 'openai')),
  recogniser_model text,
  price_per_minute double precision,
  synthesizer text not null check (synthesizer in ('espeak', 'deepgram', 'openai')),
  synthesizer_model text,
  synthesizer_voice text,
  price_per_thousand double precision,
  deepgram_url text,
  deepgram_sealed text,
  openai_url text,
  openai_sealed text,
  by_name text,
  at timestamptz not null default now()
);
comment on table voice_speech is 'Who listens and speaks on a workspace''s calls; one without a row speaks by the offline voice and listens to nobody.';
select earshot.isolate('voice_speech');

/* Notes when an agent's answer was heard on a call, and how much of it. Nothing else of an entry can be changed by it. */
create function note_heard(p_workspace uuid, p_conversation uuid, p_position int, p_call jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_done boolean; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  update earshot.entry e set data = jsonb_set(coalesce(e.data, '{}'), '{call}', p_call)
   where e.workspace_id = p_workspace and e.conversation_id = p_conversation and e.position = p_position
     and e.kind = 'message' and e.author_kind = 'agent'
     and exists (select from earshot.call c where c.workspace_id = p_workspace and c.conversation_id = p_conversation and c.id = (p_call ->> 'callId')::uuid)
  returning true into v_done;
  return coalesce(v_done, false);
end $$;
alter function note_heard owner to earshot_log;
revoke all on function note_heard from public;
grant execute on function note_heard to earshot_app;
