-- why:   the human queue: business hours, who is here, what waits for whom, offers, teams (ADR 0028)
-- locks: short exclusive locks on conversation (a column with a constant default, two triggers); reads those waiting or held once
-- breaks older nodes: no

create table business_hours (
  workspace_id uuid primary key references workspace on delete cascade,
  schedule jsonb not null
);
comment on table business_hours is 'When people answer, as the contract HoursSchedule. No row: always.';
select earshot.isolate('business_hours');

create table queue_setting (
  workspace_id uuid primary key references workspace on delete cascade,
  settings jsonb not null
);
comment on table queue_setting is 'How the queue works, as the contract QueueSettings. No row: as delivered.';
select earshot.isolate('queue_setting');

create table queue_team (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  primary key (workspace_id, id)
);
create unique index queue_team_name on queue_team (workspace_id, lower(name));
select earshot.isolate('queue_team');
create table queue_team_member (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, team_id, member_id),
  foreign key (workspace_id, team_id) references queue_team on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade
);
select earshot.isolate('queue_team_member');

create table queue_operator (
  workspace_id uuid not null,
  member_id uuid not null,
  state text not null default 'offline' check (state in ('available', 'busy', 'offline', 'not_responding')),
  chosen text not null default 'offline' check (chosen in ('available', 'busy', 'offline')),
  reason text check (reason in ('chosen', 'gone', 'missed')),
  since timestamptz,
  seen_at timestamptz,
  idle_since timestamptz,
  misses int not null default 0,
  takes text[] not null default '{voice,chat,mail}',
  skills text[] not null default '{}',
  cap_voice int,
  cap_chat int,
  cap_mail int,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
comment on table queue_operator is 'A member as the queue sees them. No row: offline, without skills. `chosen` is what they said, `state` what holds.';
create index queue_operator_here on queue_operator (workspace_id) where state <> 'offline';
select earshot.isolate('queue_operator');

-- A domain, not a check, as with the other columns of the busiest table (ADR 0009).
alter table conversation add column handoff_skills text[] not null default '{}';
comment on column conversation.handoff_skills is 'What the person who answers must be able to do: all of it.';

create table queue_item (
  workspace_id uuid not null,
  conversation_id uuid not null,
  state text not null check (state in ('waiting', 'held', 'done')),
  team_id uuid,
  routed text check (routed in ('offer', 'direct')),
  keeps boolean not null default false,
  previous_owner uuid,
  misses int not null default 0,
  wait_reason text not null default 'next',
  opens_at timestamptz,
  told_until timestamptz,
  operator_messages int not null default 0,
  first_from timestamptz,
  first_due timestamptz,
  first_breached timestamptz,
  next_from timestamptz,
  next_due timestamptz,
  next_breached timestamptz,
  counted_for text not null default '',
  escalated_at timestamptz,
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, team_id) references queue_team on delete set null (team_id)
);
comment on table queue_item is 'What the queue knows of a conversation beside its own row, which says whether it waits and who has it. Kept in step by a trigger, so that no way into or out of the queue can be forgotten.';
comment on column queue_item.keeps is 'Given by the queue, and its holder went away keeping it.';
comment on column queue_item.counted_for is 'The hours and targets that the clocks were counted with.';
create index queue_item_open on queue_item (workspace_id, conversation_id) where state <> 'done';
select earshot.isolate('queue_item');

create table queue_offer (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  member_id uuid not null,
  at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  result text check (result in ('accepted', 'declined', 'missed', 'withdrawn')),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade,
  check ((ended_at is null) = (result is null))
);
comment on table queue_offer is 'Offers, open and past. A conversation is offered to one person at a time: the index below says so, whatever the code does.';
create unique index queue_offer_open on queue_offer (workspace_id, conversation_id) where ended_at is null;
create index queue_offer_of_member on queue_offer (workspace_id, member_id) where ended_at is null;
create index queue_offer_past on queue_offer (workspace_id, conversation_id, at desc);
select earshot.isolate('queue_offer');

create function load_of(p_channel_kind text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_channel_kind when 'voip' then 'voice' when 'crm' then 'mail' else 'chat' end
$$;

/*
 * Every way into the queue (a handoff, a passive agent''s new or reopened conversation, an unblocked contact, a release) and out of it
 * (take over, hand back, close, block) changes the conversation''s row; this follows in the same transaction. Nobody can wait without
 * an item, and nobody who stopped waiting can still be offered.
 */
create function follow_queue() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_waits boolean := new.status = 'active' and new.handoff_state in ('queued', 'offered');
  v_held boolean := new.status = 'active' and new.control = 'operator' and not v_waits;
  v_had uuid; v_item earshot.queue_item; v_offered uuid;
begin
  if tg_op = 'UPDATE' and old.control = 'operator' then v_had := old.assignee_id; end if;
  select * into v_item from earshot.queue_item q where q.workspace_id = new.workspace_id and q.conversation_id = new.id for update;
  if v_waits then
    if v_item.state = 'waiting' then return null; end if;
    insert into earshot.queue_item (workspace_id, conversation_id, state, previous_owner, operator_messages, first_from)
      values (new.workspace_id, new.id, 'waiting', coalesce(v_had, (
        select p.previous_owner from earshot.queue_item p where p.workspace_id = new.workspace_id and p.conversation_id = new.previous_id)),
        new.operator_messages, coalesce(new.handoff_at, clock_timestamp()))
    on conflict (workspace_id, conversation_id) do update set
      state = 'waiting', routed = null, keeps = false, misses = 0, wait_reason = 'next', opens_at = null, told_until = null,
      previous_owner = coalesce(v_had, v_item.previous_owner),
      team_id = case when v_item.state = 'held' then v_item.team_id end,
      -- A bounce before the first word is the same wait; after it, only the next answer is owed.
      operator_messages = case when v_item.state = 'held' then v_item.operator_messages else new.operator_messages end,
      first_from = case when v_item.state = 'held' and new.operator_messages > v_item.operator_messages then null
        else coalesce(new.handoff_at, clock_timestamp()) end, first_due = null, counted_for = '',
      first_breached = case when v_item.state = 'held' and v_item.first_from = new.handoff_at then v_item.first_breached end,
      escalated_at = case when v_item.state = 'held' and v_item.first_from = new.handoff_at then v_item.escalated_at end,
      next_from = null, next_due = null, next_breached = null;
  elsif v_held then
    update earshot.queue_offer o set ended_at = clock_timestamp(), result = case when o.member_id = new.assignee_id then 'accepted' else 'withdrawn' end
     where o.workspace_id = new.workspace_id and o.conversation_id = new.id and o.ended_at is null
    returning case when o.result = 'accepted' then o.member_id end into v_offered;
    insert into earshot.queue_item (workspace_id, conversation_id, state, routed, operator_messages)
      values (new.workspace_id, new.id, 'held', 'direct', new.operator_messages)
    on conflict (workspace_id, conversation_id) do update set
      state = 'held', routed = case when v_offered is not null then 'offer' else 'direct' end, keeps = false,
      previous_owner = coalesce(v_had, v_item.previous_owner),
      -- Taken over without a request: no first answer is owed.
      first_from = case when v_item.state = 'done' then null else v_item.first_from end,
      operator_messages = case when v_item.state = 'done' then new.operator_messages else v_item.operator_messages end;
    if v_offered is not null then
      update earshot.queue_operator o set misses = 0 where o.workspace_id = new.workspace_id and o.member_id = v_offered and o.misses > 0;
    end if;
  elsif v_item.state is not null and v_item.state <> 'done' then
    update earshot.queue_offer o set ended_at = clock_timestamp(), result = 'withdrawn'
     where o.workspace_id = new.workspace_id and o.conversation_id = new.id and o.ended_at is null;
    update earshot.queue_item q set state = 'done', routed = null, keeps = false, previous_owner = coalesce(v_had, q.previous_owner), team_id = null,
      first_from = null, first_due = null, next_from = null, next_due = null, counted_for = ''
     where q.workspace_id = new.workspace_id and q.conversation_id = new.id;
  end if;
  if v_had is not null and (not v_held or v_had is distinct from new.assignee_id) then
    update earshot.queue_operator o set idle_since = clock_timestamp() where o.workspace_id = new.workspace_id and o.member_id = v_had;
  end if;
  return null;
end $$;

/* Workspaces with somebody waiting, an offer that ran out, a person who is gone, or a conversation with a person: what the sweeps look at. */
create function find_queues(p_now timestamptz, p_grace interval, out workspace_id uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select q.workspace_id from earshot.queue_item q where q.state <> 'done'
  union select o.workspace_id from earshot.queue_operator o where o.state <> 'offline' and (o.seen_at is null or o.seen_at < p_now - p_grace)
$$;
do $$ declare f text; begin
  foreach f in array array['follow_queue', 'find_queues'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
create trigger conversation_queued after insert on conversation for each row when (new.handoff_state = 'queued' or new.control = 'operator')
  execute function follow_queue();
-- On columns that a plain append does not set.
create trigger conversation_requeued after update of status, control, handoff_state, assignee_id on conversation for each row
  when (old.status <> new.status or old.control <> new.control or old.handoff_state <> new.handoff_state or old.assignee_id is distinct from new.assignee_id)
  execute function follow_queue();

insert into queue_item (workspace_id, conversation_id, state, operator_messages, first_from, routed)
  select workspace_id, id, case when handoff_state in ('queued', 'offered') then 'waiting' else 'held' end, operator_messages,
         case when handoff_state in ('queued', 'offered') then coalesce(handoff_at, now()) end,
         case when handoff_state in ('queued', 'offered') then null else 'direct' end
    from conversation where status = 'active' and (handoff_state in ('queued', 'offered') or control = 'operator');
