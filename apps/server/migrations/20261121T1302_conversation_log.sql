-- why:   the append-only conversation log, the event feed every screen follows, exact view counts (ADR 0004)
-- locks: none (new tables)
-- breaks older nodes: no

-- Vocabularies of the two busiest tables are domains, not check constraints: PostgreSQL reads a check from its stored text again in
-- every statement, which was a quarter of the cost of an append (ADR 0009).
create domain conversation_status as text check (value in ('active', 'closed', 'archived'));
create domain conversation_control as text check (value in ('agent', 'queue', 'operator', 'paused'));
create domain first_control as text check (value in ('agent', 'queue'));
create domain handoff_state as text check (value in ('none', 'queued', 'offered', 'accepted', 'returned', 'declined', 'abandoned'));
create domain handoff_source as text check (value in ('agent', 'contact', 'rule', 'operator'));
create domain conversation_outcome as text check (value in ('completed', 'abandoned', 'failed', 'transferred'));
create domain decided_by as text check (value in ('review', 'operator', 'ingest', 'event'));
create domain staged_by as text check (value in ('review', 'operator', 'ingest'));
create domain stars as smallint check (value between 1 and 5);
create domain review_kind as text check (value in ('live', 'backfill'));
create domain entry_kind as text check (value in ('message', 'note', 'coaching', 'function_call', 'activity', 'call_event'));
create domain author_kind as text check (value in ('contact', 'agent', 'operator', 'system'));
create domain entry_position as int check (value > 0);

create table conversation (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  number bigint not null,
  session_id text not null,
  external_id text,
  title text,
  channel_id uuid not null,
  channel_kind text not null,
  contact_id uuid not null,
  agent_id uuid,
  flow_id uuid,
  assignee_id uuid,
  status conversation_status not null default 'active',
  control conversation_control not null default 'agent',
  initial_control first_control not null default 'agent',
  blocked boolean not null default false,
  epoch bigint not null default 1,
  handoff_state handoff_state not null default 'none',
  handoff_reason text,
  handoff_by handoff_source,
  handoff_at timestamptz,
  outcome conversation_outcome,
  outcome_by decided_by,
  end_reason text,
  resolution text not null default 'unknown',
  stage_key text not null default 'in_progress',
  stage_by staged_by,
  last_position int not null default 0,
  read_position int not null default 0,
  segment int not null default 1,
  segment_position int not null default 1,
  message_count int not null default 0,
  contact_messages int not null default 0,
  agent_messages int not null default 0,
  operator_messages int not null default 0,
  unread int not null default 0,
  has_unread boolean not null default false,
  preview text not null default '',
  preview_author text not null default '',
  first_unanswered_at timestamptz,
  last_contact_at timestamptz,
  tokens_in bigint not null default 0,
  tokens_out bigint not null default 0,
  cost_usd numeric(14, 6) not null default 0,
  functions text[] not null default '{}',
  tags text[] not null default '{}',
  memory jsonb not null default '{}',
  rating stars,
  rating_comment text,
  has_audio boolean not null default false,
  review_due review_kind,
  reviewed_at timestamptz,
  quality smallint,
  tone text,
  emotions jsonb not null default '[]',
  flag_count int not null default 0,
  converted boolean,
  language text,
  reopen_window interval,
  previous_id uuid,
  started_at timestamptz not null default now(),
  last_message_at timestamptz not null default now(),
  activity_min timestamptz not null default date_bin('10 minutes', now(), '2000-01-01'),
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel,
  foreign key (workspace_id, contact_id) references contact,
  foreign key (workspace_id, agent_id) references agent,
  foreign key (workspace_id, flow_id) references flow,
  foreign key (workspace_id, assignee_id) references member,
  foreign key (workspace_id, stage_key) references stage,
  foreign key (workspace_id, previous_id) references conversation on delete set null (previous_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
-- What changes with every message (last_message_at, counts, unread) is in no index, so that appending stays a heap-only update:
-- activity_min, in ten-minute steps, stands in for last_message_at, and has_unread, which flips rarely, for unread.
create unique index conversation_external on conversation (workspace_id, external_id) where external_id is not null;
create unique index conversation_number on conversation (workspace_id, number);
create index conversation_recent on conversation (workspace_id, activity_min desc, id desc);
create index conversation_by_status on conversation (workspace_id, status, activity_min desc, id desc);
create index conversation_by_agent on conversation (workspace_id, agent_id, activity_min desc, id desc);
create index conversation_by_channel on conversation (workspace_id, channel_kind, activity_min desc, id desc);
create index conversation_by_contact on conversation (workspace_id, contact_id, started_at desc);
create index conversation_by_start on conversation (workspace_id, started_at desc, id desc);
create index conversation_by_rating on conversation (workspace_id, rating desc nulls last, id desc);
create index conversation_by_tag on conversation using gin (tags);
create index conversation_to_review on conversation (activity_min) where review_due is not null;
create index conversation_unread on conversation (workspace_id, activity_min desc, id desc) where has_unread;
create index conversation_waiting on conversation (workspace_id, handoff_at) where handoff_state in ('queued', 'offered');
create index conversation_by_assignee on conversation (workspace_id, assignee_id, activity_min desc, id desc) where assignee_id is not null;
select earshot.isolate('conversation');

create table entry (
  workspace_id uuid not null,
  conversation_id uuid not null,
  position entry_position not null,
  kind entry_kind not null,
  author_kind author_kind not null,
  author_id uuid,
  author_name text,
  text text,
  data jsonb,
  client_key text,
  at timestamptz not null,
  primary key (workspace_id, conversation_id, position)
);
create unique index entry_client_key on entry (workspace_id, conversation_id, client_key) where client_key is not null;
comment on table entry is 'The log. Written by append_entries and append_entry only: the service may read it and nothing else.';
select earshot.isolate('entry', 'select');
-- In place of a foreign key: the append functions alone insert, while they hold the conversation's row, so a check at each entry would
-- tell nothing new (an eighth of an append). What goes with a conversation goes here.
create function delete_entries() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from earshot.entry e using gone g where e.workspace_id = g.workspace_id and e.conversation_id = g.id;
  return null;
end $$;
create trigger conversation_deleted after delete on conversation referencing old table as gone for each statement execute function delete_entries();

create function refuse_nameless_operator() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'an operator in control has a name' using errcode = 'check_violation', constraint = 'operator_named_when_in_control', table = 'conversation';
end $$;
create trigger operator_named after insert or update of control, assignee_id on conversation
  for each row when (new.control = 'operator' and new.assignee_id is null) execute function refuse_nameless_operator();

create table suppressed_draft (
  workspace_id uuid not null,
  conversation_id uuid not null,
  client_key text not null,
  author_id uuid,
  epoch bigint,
  reason text not null,
  text text,
  data jsonb,
  at timestamptz not null,
  primary key (workspace_id, conversation_id, client_key),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
comment on table suppressed_draft is 'Agent text refused because somebody else had the floor: kept, never sent.';
select earshot.isolate('suppressed_draft', 'select');

create table event (
  xid xid8 not null default pg_current_xact_id(),
  id bigint not null generated always as identity,
  workspace_id uuid not null,
  type text not null,
  payload jsonb not null,
  at timestamptz not null default clock_timestamp(),
  primary key (xid, id)
);
comment on table event is 'Outbox and feed. Readers page by (xid, id) and stop below the oldest running transaction.';
select earshot.isolate('event', 'select, insert');

create table feed_floor (xid xid8 not null, id bigint not null);
insert into feed_floor values ('0', 0);
comment on table feed_floor is 'Events at or below this have been pruned: a cursor before it must reload.';
create table feed_cursor (follower text primary key, xid xid8 not null, id bigint not null, at timestamptz not null default now());
comment on table feed_cursor is 'How far each durable follower has come.';
grant select on feed_floor to earshot_app;
grant select, insert, update on feed_cursor to earshot_app;
grant select, insert, update, delete on feed_floor, feed_cursor to earshot_log;

create function read_events(p_xid xid8, p_id bigint, p_limit int,
  out xid xid8, out id bigint, out workspace_id uuid, out payload jsonb, out at timestamptz) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.xid, e.id, e.workspace_id, e.payload, e.at from earshot.event e
   where (e.xid, e.id) > (p_xid, p_id) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.id limit p_limit
$$;
/* True when newer events wait behind the horizon: a follower then asks again in a few milliseconds instead of sleeping. */
create function has_pending_events() returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from earshot.event e where e.xid >= pg_snapshot_xmin(pg_current_snapshot()))
$$;
/* The position up to which everything is visible now: where a new reader begins after reading the rows themselves. Never before the floor. */
create function feed_head(out xid xid8, out id bigint) returns record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select h.xid, h.id from (
    (select e.xid, e.id from earshot.event e where e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.xid desc, e.id desc limit 1)
    union all select f.xid, f.id from earshot.feed_floor f) h
   order by h.xid desc, h.id desc limit 1
$$;
create function prune_events(p_older interval) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_xid xid8; v_id bigint; v_gone bigint; begin
  select e.xid, e.id into v_xid, v_id from earshot.event e where e.at < now() - p_older order by e.xid desc, e.id desc limit 1;
  if not found then return 0; end if;
  delete from earshot.event e where (e.xid, e.id) <= (v_xid, v_id);
  get diagnostics v_gone = row_count;
  update earshot.feed_floor set xid = v_xid, id = v_id;
  return v_gone;
end $$;

-- View counts: each change of membership adds a row of +1 or -1; the count is the sum. Rows are only added, so writers never meet on a
-- counter row; a background task folds them. A count that every writer had to keep by hand would drift.
create table counter_delta (workspace_id uuid not null, key text not null, n bigint not null);
create index counter_delta_by_workspace on counter_delta (workspace_id, key) include (n);
select earshot.isolate('counter_delta', 'select');

create function view_keys(c earshot.conversation) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array_remove(array[
    'all',
    case when c.status = 'active' and c.control = 'agent' then 'open' end,
    case when c.status = 'closed' then 'closed' end,
    case when c.handoff_state in ('queued', 'offered', 'accepted') or c.outcome = 'transferred' then 'transferred' end,
    case when c.handoff_state in ('queued', 'offered') then 'needs_human' end,
    case when c.reviewed_at is not null then 'reviewed' end,
    case when c.has_unread then 'unread' end,
    case when c.status = 'active' and c.assignee_id is not null then 'mine:' || c.assignee_id end], null)
$$;
create function count_views() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_old text[] := '{}'; v_new text[] := '{}'; v_workspace uuid; begin
  if tg_op <> 'INSERT' then v_old := earshot.view_keys(old); v_workspace := old.workspace_id; end if;
  if tg_op <> 'DELETE' then v_new := earshot.view_keys(new); v_workspace := new.workspace_id; end if;
  insert into earshot.counter_delta (workspace_id, key, n)
    select v_workspace, k, 1 from unnest(v_new) k where k <> all (v_old) and k <> 'unread'
    union all select v_workspace, k, -1 from unnest(v_old) k where k <> all (v_new) and k <> 'unread';
  return null;
end $$;
create trigger conversation_counted after insert or delete on conversation for each row execute function count_views();
create trigger conversation_recounted after update of status, control, handoff_state, outcome, reviewed_at, assignee_id on conversation
  for each row when (
    old.status <> new.status or old.control <> new.control or old.handoff_state <> new.handoff_state
    or old.outcome is distinct from new.outcome or old.assignee_id is distinct from new.assignee_id
    or (old.reviewed_at is null) <> (new.reviewed_at is null))
  execute function count_views();
-- Apart from the others, because appends change it: the condition of a trigger is read again in every statement that may fire it.
create function count_unread() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into earshot.counter_delta (workspace_id, key, n)
    select coalesce(new.workspace_id, old.workspace_id), 'unread', coalesce(new.has_unread, false)::int - coalesce(old.has_unread, false)::int
     where coalesce(new.has_unread, false) <> coalesce(old.has_unread, false);
  return null;
end $$;
create trigger conversation_unread_counted after insert or delete on conversation for each row execute function count_unread();
create trigger conversation_unread_recounted after update of has_unread on conversation
  for each row when (old.has_unread <> new.has_unread) execute function count_unread();
create function fold_counters() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from earshot.counter_delta returning workspace_id, key, n)
  insert into earshot.counter_delta select workspace_id, key, sum(n) from gone group by workspace_id, key having sum(n) <> 0
$$;
do $$ declare f text; begin
  foreach f in array array['read_events', 'has_pending_events', 'feed_head', 'prune_events', 'fold_counters', 'count_views', 'count_unread', 'delete_entries', 'view_keys'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
