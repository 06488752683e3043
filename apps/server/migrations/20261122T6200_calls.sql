-- why:   calls: where each is, who takes part, what was asked of the media hub, coaching, who spoke when (ADR 0039)
-- locks: conversation briefly (one trigger on deletion)
-- breaks older nodes: no; they know of no calls

create table call (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  state text not null default 'ringing'
    check (state in ('ringing', 'ai', 'takeover', 'transferring', 'transferred', 'queued', 'human', 'ended')),
  version int not null default 1,
  direction text not null check (direction in ('inbound', 'outbound')),
  way text not null check (way in ('twilio', 'sip', 'web', 'demo')),
  line_id uuid,
  hub_id uuid,
  key text not null,
  from_number text,
  from_name text,
  to_number text,
  agent_id uuid,
  caller_leg uuid not null,
  floor text not null default 'hold' check (floor in ('hold', 'ai', 'supervisor', 'human', 'external')),
  floor_leg uuid,
  holder_id uuid,
  lease text,
  return_to jsonb,
  queue_since timestamptz,
  queue_step text,
  transfer jsonb,
  recording text not null default 'on' check (recording in ('on', 'off', 'paused', 'failed', 'processing', 'ready')),
  contour jsonb not null default '[]',
  media jsonb not null default '{}',
  demo boolean not null default false,
  epoch bigint not null default 1,
  started_at timestamptz not null default now(),
  answered_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  beat_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation deferrable initially deferred,
  check ((state = 'ended') = (ended_at is not null)),
  check ((ended_at is null) = (end_reason is null)),
  check ((state = 'takeover') <= (holder_id is not null and lease is not null)),
  check ((state = 'human') <= (holder_id is not null)),
  check ((state = 'queued') <= (queue_since is not null))
);
comment on table call is 'One live conversation in sound. `version` counts changes: commands compare and set it. The hub is the truth for media, this row for rights.';
comment on column call.key is 'What names the call outside: the carrier''s SID, a SIP Call-ID, an id of the browser''s. The same key is the same call.';
comment on column call.floor is 'Who speaks to the caller, as the hub last said or was last told.';
comment on column call.return_to is 'Who gets the floor when its holder leaves, or when a transfer fails.';
comment on column call.epoch is 'The epoch of the conversation when this call last changed it: another one means that somebody else did.';
comment on column call.media is 'What has to be asked of the hub once more after it lost the call: the plan of the agent, without secrets.';
comment on column call.beat_at is 'When the hub last knew the call.';
create unique index call_by_key on call (workspace_id, way, key);
create index call_of_conversation on call (workspace_id, conversation_id, id desc);
create index call_running on call (workspace_id, started_at) where state <> 'ended';
select earshot.isolate('call');

/* A merge points calls at the survivor, where their words are; what deletes a conversation deletes its calls. */
create function delete_calls() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from earshot.call c using gone g where c.workspace_id = g.workspace_id and c.conversation_id = g.id;
  return null;
end $$;
create trigger conversation_calls_deleted after delete on conversation referencing old table as gone for each statement execute function delete_calls();

create table call_leg (
  workspace_id uuid not null,
  call_id uuid not null,
  id uuid not null,
  role text not null check (role in ('caller', 'ai', 'human', 'supervisor', 'listener', 'external')),
  member_id uuid,
  label text,
  by text not null check (by in ('browser', 'phone', 'agent', 'carrier')),
  state text not null default 'expected' check (state in ('expected', 'ringing', 'live', 'lost', 'failed', 'left')),
  reason text,
  detail text,
  since timestamptz not null default now(),
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, call_id, id),
  foreign key (workspace_id, call_id) references call on delete cascade
);
comment on table call_leg is 'Who takes part, and took part.';
select earshot.isolate('call_leg');

create table call_command (
  workspace_id uuid not null,
  op_id uuid not null,
  call_id uuid not null,
  action text not null,
  request_hash text not null,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  steps jsonb not null default '[]',
  done int not null default 0,
  state text not null default 'pending' check (state in ('pending', 'done', 'refused')),
  reply jsonb,
  error text,
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  primary key (workspace_id, op_id),
  foreign key (workspace_id, call_id) references call on delete cascade
);
comment on table call_command is 'What is to be asked of the hub for a change of a call: written in the transaction that changed it, asked until it is done or refused.';
create index call_command_due on call_command (due_at) where state = 'pending';
create index call_command_of_call on call_command (workspace_id, call_id, at);
select earshot.isolate('call_command');

create table call_coaching (
  workspace_id uuid not null,
  call_id uuid not null,
  id uuid not null,
  text text not null,
  member_id uuid not null,
  member_name text not null,
  state text not null default 'queued' check (state in ('queued', 'seen', 'applied', 'undeliverable')),
  at timestamptz not null default clock_timestamp(),
  seen_at timestamptz,
  applied_at timestamptz,
  primary key (workspace_id, call_id, id),
  foreign key (workspace_id, call_id) references call on delete cascade
);
comment on table call_coaching is 'What supervisors told the agent. Read by the team and the agent, by nobody else.';
select earshot.isolate('call_coaching');

create table call_speech (
  workspace_id uuid not null,
  call_id uuid not null,
  role text not null check (role in ('caller', 'ai', 'supervisor', 'human', 'external')),
  start_ms int not null,
  end_ms int not null,
  member_id uuid,
  primary key (workspace_id, call_id, role, start_ms),
  foreign key (workspace_id, call_id) references call on delete cascade,
  check (end_ms >= start_ms)
);
comment on table call_speech is 'Who spoke when, by loudness, on the recording''s clock. Words carry their times themselves, in the entry''s data.';
select earshot.isolate('call_speech');

create table hub_cursor (hub_id uuid primary key, seq bigint not null, at timestamptz not null default now());
comment on table hub_cursor is 'How far the facts of each media hub have been applied.';
grant select, insert, update on hub_cursor to earshot_app;
grant select, insert, update, delete on hub_cursor to earshot_log;

/* Doors that must find the workspace before they are inside one. */
create function find_call_workspace(p_call uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.workspace_id from earshot.call c where c.id = p_call
$$;
create index call_by_id on call (id);
/* Those that run, and those with something that was not yet done. */
create function find_calls_at_work(out workspace_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.workspace_id, c.id from earshot.call c where c.state <> 'ended'
  union select k.workspace_id, k.call_id from earshot.call_command k where k.state = 'pending'
$$;
create function find_due_call_commands(p_limit int, out workspace_id uuid, out op_id uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select k.workspace_id, k.op_id from earshot.call_command k
   where k.state = 'pending' and k.due_at <= clock_timestamp() order by k.due_at limit p_limit
$$;
do $$ declare f text; begin
  foreach f in array array['find_call_workspace', 'find_calls_at_work', 'find_due_call_commands', 'delete_calls'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
