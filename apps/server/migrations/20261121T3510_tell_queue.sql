-- why:   what the queue's trigger changes is told to screens by the feed, whichever way it came about
-- locks: none (functions)
-- breaks older nodes: no

/* Facts of the transaction that is under way, as `record` writes them. */
create function tell_queue(p_workspace uuid, p_conversation uuid, p_members uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into earshot.event (workspace_id, type, payload)
    select p_workspace, 'queue.changed', jsonb_build_object('type', 'queue.changed', 'conversationId', p_conversation)
    union all
    select p_workspace, 'operator.changed', jsonb_build_object('type', 'operator.changed', 'memberId', m)
      from (select distinct m from unnest(p_members) m where m is not null) given;
  select pg_notify('earshot_event', '');
$$;
alter function tell_queue owner to earshot_log;
revoke all on function tell_queue from public;
grant execute on function tell_queue to earshot_log;

create or replace function follow_queue() returns trigger
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
    perform earshot.tell_queue(new.workspace_id, new.id, array[v_had]);
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
    -- With the same person as before: how they got it stays.
    if v_item.state = 'held' and v_had = new.assignee_id then return null; end if;
    perform earshot.tell_queue(new.workspace_id, new.id, array[v_had, new.assignee_id] || array(
      select o.member_id from earshot.queue_offer o where o.workspace_id = new.workspace_id and o.conversation_id = new.id and o.ended_at is null));
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
    perform earshot.tell_queue(new.workspace_id, new.id, array[v_had] || array(
      select o.member_id from earshot.queue_offer o where o.workspace_id = new.workspace_id and o.conversation_id = new.id and o.ended_at is null));
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
