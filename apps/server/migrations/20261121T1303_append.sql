-- why:   the single way anything is said: two functions that append to the log under all of its rules (ADR 0009)
-- locks: none (new functions)
-- breaks older nodes: no

-- append_entries: one call = one transaction = one commit = one NOTIFY for everything that waited, across conversations and workspaces.
-- Outcome of each item, in the order given:
--   appended | reopened
--   duplicate       the key was used for the same before: its position is answered
--   conflict        the key was used for something else
--   stale           the agent may not speak: control changed since its epoch, or another has the floor; kept as a suppressed draft
--   blocked         the contact is blocked on this channel (agents and operators may not answer)
--   agent_answers   an operator writes while the agent has the floor
--   taken           an operator writes while another operator has the floor
--   expired         closed or archived longer than the reopen window: the caller opens a new conversation
--   not_found
--   busy            nothing done, ask again: somebody holds the conversation and p_wait is false (nobody waits behind it), or an earlier
--                   item of this batch changed who may speak
-- Origins: live (a person, our agent, a channel), ingest (an agent or inbox elsewhere reports what is said there: a human reply pauses
-- our agent), history (finished long ago: times kept, no fence, no unread, no reopening).
--
-- Two statements on purpose: the second starts after the locks are held, so its snapshot sees everything earlier holders committed. In
-- one statement the key look-up would use the snapshot from before the wait, and a race would end in a unique violation.
create function append_entries(
  p_workspaces uuid[], p_conversations uuid[], p_refs int[], p_kinds text[], p_author_kinds text[], p_author_ids uuid[], p_author_names text[],
  p_texts text[], p_data text[], p_client_keys text[], p_epochs bigint[], p_origins text[], p_times timestamptz[], p_usage text[],
  p_wait boolean default false,
  out ordinal int, out outcome text, out "position" int, out epoch bigint, out at timestamptz
) returns setof record
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan  -- planning this costs more than running it
set enable_seqscan = off                  -- a plan made while the tables were empty must not survive their growth
set enable_hashjoin = off
set enable_mergejoin = off
set enable_material = off
as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  v_partial boolean; v_plain boolean; v_locked_workspaces uuid[]; v_locked_ids uuid[];
  v_rows tid[]; v_positions int[]; v_epochs bigint[]; v_agent_answers boolean[]; v_channels text[]; v_times timestamptz[];
begin
  if p_wait then
    with locked as (
      select o.ref, c.workspace_id, c.id, c.ctid, c.last_position, c.epoch, c.control, c.channel_kind, c.status = 'active' and not c.blocked as is_plain
        from unnest(p_workspaces, p_conversations) with ordinality as o (w, c, ref)
        join earshot.conversation c on c.workspace_id = o.w and c.id = o.c
       order by c.workspace_id, c.id for no key update of c)
    select count(*) <> cardinality(p_conversations), array_agg(workspace_id), array_agg(id), array_agg(ctid order by ref), array_agg(last_position order by ref),
           array_agg(epoch order by ref), array_agg(control = 'agent' order by ref), array_agg(channel_kind order by ref), bool_and(is_plain)
      into v_partial, v_locked_workspaces, v_locked_ids, v_rows, v_positions, v_epochs, v_agent_answers, v_channels, v_plain from locked;
  else
    with locked as (
      select o.ref, c.workspace_id, c.id, c.ctid, c.last_position, c.epoch, c.control, c.channel_kind, c.status = 'active' and not c.blocked as is_plain
        from unnest(p_workspaces, p_conversations) with ordinality as o (w, c, ref)
        join earshot.conversation c on c.workspace_id = o.w and c.id = o.c
       order by c.workspace_id, c.id for no key update of c skip locked)
    select count(*) <> cardinality(p_conversations), array_agg(workspace_id), array_agg(id), array_agg(ctid order by ref), array_agg(last_position order by ref),
           array_agg(epoch order by ref), array_agg(control = 'agent' order by ref), array_agg(channel_kind order by ref), bool_and(is_plain)
      into v_partial, v_locked_workspaces, v_locked_ids, v_rows, v_positions, v_epochs, v_agent_answers, v_channels, v_plain from locked;
  end if;
  v_now := clock_timestamp();  -- after the locks: time order is position order

  if v_plain and not v_partial then
    begin
      select w.positions, w.times into v_positions, v_times from earshot.append_plain(
        p_workspaces, p_conversations, p_refs, p_kinds, p_author_kinds, p_author_ids, p_author_names, p_texts, p_data, p_client_keys, p_epochs, p_origins,
        p_times, p_usage, v_now, v_rows, v_positions, v_epochs, v_agent_answers, v_channels) w;
      if v_times is not null then
        return query select t.ord::int, 'appended', t.p, v_epochs[p_refs[t.ord]], t.a from unnest(v_positions, v_times) with ordinality as t (p, a, ord);
        return;
      end if;
    exception when unique_violation then null;  -- a key was used before
    end;
  end if;

  return query
  with item as (
    select t.ord::int as ord, p_workspaces[t.ref] as workspace_id, p_conversations[t.ref] as conversation_id, t.kind, t.author_kind, t.author_id, t.author_name, t.body, t.data::jsonb as data,
           t.client_key, t.epoch, t.origin, coalesce(t.said_at, v_now) as said_at, t.usage::jsonb as usage,
           t.kind = 'message' and t.author_kind in ('contact', 'operator') and t.origin <> 'history' as may_reopen
    from unnest(p_refs, p_kinds, p_author_kinds, p_author_ids, p_author_names, p_texts, p_data, p_client_keys, p_epochs, p_origins, p_times, p_usage)
         with ordinality as t (ref, kind, author_kind, author_id, author_name, body, data, client_key,
                               epoch, origin, said_at, usage, ord)
  ),
  -- What each item would get if it were alone. The key comes before the fence: a retry of something that was accepted is a duplicate
  -- even when control has changed since.
  judged as (
    select i.*, c.ctid as conversation_row, c.channel_kind, c.last_position, c.status, c.unread, c.last_message_at, e.position as seen_at, e.at as seen_time, c.epoch as current_epoch, c.control as current_control,
      case
        when c.id is null then 'not_found'
        when v_partial and not exists (
          select from unnest(v_locked_workspaces, v_locked_ids) as l (w, c) where l.w = i.workspace_id and l.c = i.conversation_id) then 'busy'
        when e.position is not null then
          case when e.kind = i.kind and e.author_kind = i.author_kind and e.text is not distinct from i.body and e.data is not distinct from i.data
               then 'duplicate' else 'conflict' end
        when i.origin = 'history' then 'appended'
        when c.blocked and i.kind = 'message' and i.author_kind in ('agent', 'operator') then 'blocked'
        when i.author_kind = 'agent' and (c.control <> 'agent' or c.status <> 'active'
          or (i.epoch is not null and i.epoch <> c.epoch) or (i.epoch is null and i.origin = 'live')) then 'stale'
        when i.may_reopen and c.status <> 'active' and c.ended_at + c.reopen_window <= v_now then 'expired'
        when i.author_kind = 'operator' and i.kind = 'message' and i.origin = 'live' then
          case when c.control = 'agent' then 'agent_answers'
               when c.control = 'operator' and c.assignee_id is distinct from i.author_id then 'taken' else 'appended' end
        else 'appended'
      end as verdict
    from item i
    left join earshot.conversation c on c.workspace_id = i.workspace_id and c.id = i.conversation_id
    -- `limit 1` pins the look-up by key: planned on an empty table, a join would read all of it, and go on doing so as it grows
    left join lateral (
      select x.position, x.kind, x.author_kind, x.text, x.data, x.at from earshot.entry x
       where x.workspace_id = i.workspace_id and x.conversation_id = i.conversation_id and x.client_key = i.client_key limit 1) e on true
  ),
  -- The same key twice in one batch: the first that is accepted wins, as if they had come one after the other.
  settled as (
    select j.*,
      case
        when first_value(j.verdict) over same_key = 'appended' and first_value(j.ord) over same_key < j.ord then
          case when first_value(j.kind) over same_key = j.kind and first_value(j.author_kind) over same_key = j.author_kind
                and first_value(j.body) over same_key is not distinct from j.body and first_value(j.data) over same_key is not distinct from j.data
               then 'duplicate' else 'conflict' end
        else j.verdict
      end as result,
      first_value(j.ord) over same_key as first_ord
    from judged j
    window same_key as (
      partition by j.workspace_id, j.conversation_id, j.client_key, case when j.client_key is null then j.ord end
      order by j.verdict <> 'appended', j.ord)
  ),
  -- An item that changes who may speak (it reopens, or a human elsewhere answers) ends the batch for its conversation: what comes later
  -- is judged by the new state, so it is `busy` and comes again. Judged here it would slip past the fence.
  fenced as (
    select s.*,
      min(s.ord) filter (where s.result = 'appended' and s.kind = 'message' and (
        (s.may_reopen and s.status <> 'active')
        or (s.origin = 'ingest' and s.author_kind = 'operator' and s.current_control = 'agent'))) over (partition by s.workspace_id, s.conversation_id) as changer_ord
    from settled s
  ),
  allowed as (
    select f.ord, f.workspace_id, f.conversation_id, f.kind, f.author_kind, f.author_id, f.author_name, f.body, f.data, f.client_key, f.epoch, f.origin,
      f.said_at, f.usage, f.may_reopen, f.conversation_row, f.channel_kind, f.last_position, f.status, f.unread, f.last_message_at, f.seen_at, f.seen_time,
      f.current_epoch, f.current_control, f.first_ord, case when f.ord > f.changer_ord then 'busy' else f.result end as result
    from fenced f
  ),
  placed as (
    select s.*,
      case when s.result = 'appended'
        then s.last_position + (row_number() over (partition by s.workspace_id, s.conversation_id, s.result = 'appended' order by s.ord))::int
      end as new_position,
      max(s.ord) filter (where s.result = 'appended' and s.kind = 'message' and s.author_kind = 'operator' and s.origin <> 'history') over conversation as operator_ord,
      -- which item reopens, and in its last bit whether an operator does
      min(s.ord * 2 + (s.author_kind = 'operator')::int) filter (where s.result = 'appended' and s.may_reopen and s.status <> 'active') over conversation as reopen_code,
      bool_or(s.result = 'appended' and s.origin = 'ingest' and s.kind = 'message' and s.author_kind = 'operator' and s.current_control = 'agent') over conversation as is_paused
    from allowed s
    window conversation as (partition by s.workspace_id, s.conversation_id)
  ),
  change as (
    select p.workspace_id, p.conversation_id, min(p.conversation_row) as conversation_row, min(p.channel_kind) as channel_kind, min(p.new_position) as from_position, max(p.new_position) as to_position,
      count(*) filter (where p.kind = 'message')::int as messages,
      count(*) filter (where p.kind = 'message' and p.author_kind = 'contact')::int as contact_messages,
      count(*) filter (where p.kind = 'message' and p.author_kind = 'agent')::int as agent_messages,
      count(*) filter (where p.kind = 'message' and p.author_kind = 'operator')::int as operator_messages,
      case when min(p.operator_ord) is null then min(p.unread) else 0 end
        + count(*) filter (where p.kind = 'message' and p.author_kind = 'contact' and p.origin <> 'history' and p.ord > coalesce(p.operator_ord, 0))::int as unread,
      -- what an operator answered they have read, and history nobody has to
      max(p.new_position) filter (where p.ord = p.operator_ord or p.origin = 'history') as read_position,
      bool_or(p.is_paused) as is_paused,
      min(p.reopen_code) is not null as reopened,
      coalesce(min(p.reopen_code) % 2 = 0, false) as restarted,
      min(p.new_position) filter (where p.ord = p.reopen_code / 2) as reopen_position,
      max(p.said_at) filter (where p.kind = 'message') as last_said_at,
      max(p.said_at) filter (where p.kind = 'message' and p.author_kind = 'contact') as last_contact_at,
      min(p.said_at) filter (where p.kind = 'message') > min(p.last_message_at) + interval '24 hours' as after_silence,
      min(p.new_position) filter (where p.kind = 'message') as first_message_position,
      (array_agg(left(coalesce(p.body, ''), 120) order by p.ord desc) filter (where p.kind = 'message'))[1] as preview,
      (array_agg(p.author_kind order by p.ord desc) filter (where p.kind = 'message'))[1] as preview_author,
      (array_agg(p.author_kind order by p.ord desc) filter (where p.kind = 'message' and p.author_kind <> 'system'))[1] as last_speaker,
      bool_or(p.origin <> 'history' and p.kind = 'message') as is_live,
      array_agg(distinct p.data #>> '{functionCall,name}') filter (where p.kind = 'function_call') as functions,
      sum((p.usage ->> 'inputTokens')::bigint) as tokens_in, sum((p.usage ->> 'outputTokens')::bigint) as tokens_out, sum((p.usage ->> 'costUsd')::numeric) as cost_usd
    from placed p where p.result = 'appended' group by p.workspace_id, p.conversation_id
  ),
  updated as (
    update earshot.conversation c set
      last_position = h.to_position, needs_index = true,
      message_count = c.message_count + h.messages,
      contact_messages = c.contact_messages + h.contact_messages,
      agent_messages = c.agent_messages + h.agent_messages,
      operator_messages = c.operator_messages + h.operator_messages,
      unread = h.unread, has_unread = h.unread > 0,
      read_position = greatest(c.read_position, h.read_position),
      review_due = case when h.messages = 0 then c.review_due when h.is_live then 'live' else coalesce(c.review_due, 'backfill') end,
      last_message_at = greatest(c.last_message_at, h.last_said_at),
      activity_min = greatest(c.activity_min, date_bin('10 minutes', h.last_said_at, '2000-01-01')),
      last_contact_at = greatest(c.last_contact_at, h.last_contact_at),
      preview = coalesce(h.preview, c.preview), preview_author = coalesce(h.preview_author, c.preview_author),
      first_unanswered_at = case h.last_speaker
        when 'contact' then case when h.agent_messages + h.operator_messages > 0 then h.last_contact_at else coalesce(c.first_unanswered_at, h.last_contact_at) end
        when 'agent' then null when 'operator' then null else c.first_unanswered_at end,
      functions = case when h.functions is null then c.functions else array(select distinct f from unnest(c.functions || h.functions) f order by f) end,
      tokens_in = c.tokens_in + coalesce(h.tokens_in, 0), tokens_out = c.tokens_out + coalesce(h.tokens_out, 0), cost_usd = c.cost_usd + coalesce(h.cost_usd, 0),
      status = case when h.reopened then 'active' else c.status end,
      ended_at = case when h.reopened then null else c.ended_at end,
      end_reason = case when h.reopened then null else c.end_reason end,
      outcome = case when h.reopened then null else c.outcome end,
      control = case when h.restarted then c.initial_control when h.is_paused then 'paused' else c.control end,
      assignee_id = case when h.restarted then null else c.assignee_id end,
      handoff_state = case when not h.restarted then c.handoff_state when c.initial_control = 'queue' and not c.blocked then 'queued' else 'none' end,
      handoff_at = case when not h.restarted then c.handoff_at when c.initial_control = 'queue' and not c.blocked then v_now end,
      epoch = c.epoch + (h.restarted or h.is_paused)::int,
      segment = c.segment + (h.reopened or coalesce(h.after_silence, false))::int,
      segment_position = case when h.reopened then h.reopen_position when h.after_silence then h.first_message_position else c.segment_position end
    from change h where c.ctid = h.conversation_row  -- we hold the lock, so the row stays where it is; saves a third key look-up
  ),
  written as (
    insert into earshot.entry (workspace_id, conversation_id, position, kind, author_kind, author_id, author_name, text, data, client_key, at)
    select p.workspace_id, p.conversation_id, p.new_position, p.kind, p.author_kind, p.author_id, p.author_name, p.body, p.data, p.client_key, p.said_at
    from placed p where p.result = 'appended'
  ),
  suppressed as (
    insert into earshot.suppressed_draft (workspace_id, conversation_id, client_key, author_id, epoch, reason, text, data, at)
    select p.workspace_id, p.conversation_id, coalesce(p.client_key, uuidv7()::text), p.author_id, p.epoch, p.result, p.body, p.data, v_now
    from placed p where p.author_kind = 'agent' and p.result in ('stale', 'blocked')
    on conflict do nothing
  ),
  -- One event per conversation per batch: positions are dense, so [from, to] names every entry and followers read them by key.
  told as (
    insert into earshot.event (workspace_id, type, payload)
    select h.workspace_id, 'conversation.appended',
      jsonb_build_object('type', 'conversation.appended', 'conversationId', h.conversation_id, 'from', h.from_position, 'to', h.to_position, 'reopened', h.reopened, 'channel', h.channel_kind)
    from change h
  )
  select p.ord, case when p.ord = p.reopen_code / 2 then 'reopened' else p.result end,
    case when p.result = 'appended' then p.new_position
         when p.seen_at is not null then p.seen_at
         when p.result in ('duplicate', 'conflict') then  -- of an earlier item of this very batch (rare, so a look-up is fine)
           (select f.new_position from placed f where f.ord = p.first_ord)
    end,
    p.current_epoch + (coalesce(p.reopen_code % 2 = 0, false) or p.is_paused)::int,
    coalesce(p.seen_time, p.said_at)
  from placed p order by p.ord;

  perform pg_notify('earshot_event', '');  -- one wake-up, no content: followers read the feed
end $$;

-- append_plain: what nearly every batch is. All conversations are locked, active and not blocked; when every item may simply be said, it is
-- written without the sets and windows of the general way. Answers nulls, having written nothing, when an item needs a judgement.
create function append_plain(
  p_workspaces uuid[], p_conversations uuid[], p_refs int[], p_kinds text[], p_author_kinds text[], p_author_ids uuid[], p_author_names text[],
  p_texts text[], p_data text[], p_client_keys text[], p_epochs bigint[], p_origins text[], p_times timestamptz[], p_usage text[],
  p_now timestamptz, p_rows tid[], p_positions int[], p_current_epochs bigint[], p_agent_answers boolean[], p_channels text[],
  out positions int[], out times timestamptz[]
) returns record
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_material = off
as $$
begin
  if not (select bool_and(t.origin <> 'history' and t.kind <> 'function_call' and case t.author_kind
      when 'agent' then p_agent_answers[t.ref] and coalesce(t.epoch = p_current_epochs[t.ref], t.origin = 'ingest')
      when 'operator' then t.kind <> 'message'
      else true end)
    from unnest(p_refs, p_kinds, p_author_kinds, p_epochs, p_origins) as t (ref, kind, author_kind, epoch, origin)) then return; end if;

  with item as materialized (
    select t.ord::int as ord, t.ref, p_positions[t.ref] + (row_number() over (partition by t.ref order by t.ord))::int as position, t.kind, t.author_kind,
           t.author_id, t.author_name, t.body, t.data::jsonb as data, t.client_key, coalesce(t.said_at, p_now) as said_at, t.usage::jsonb as usage
    from unnest(p_refs, p_kinds, p_author_kinds, p_author_ids, p_author_names, p_texts, p_data, p_client_keys, p_times, p_usage)
         with ordinality as t (ref, kind, author_kind, author_id, author_name, body, data, client_key, said_at, usage, ord)
  ),
  change as materialized (
    select i.ref, min(i.position) as from_position, max(i.position) as to_position,
      count(*) filter (where i.kind = 'message')::int as messages,
      count(*) filter (where i.kind = 'message' and i.author_kind = 'contact')::int as contact_messages,
      count(*) filter (where i.kind = 'message' and i.author_kind = 'agent')::int as agent_messages,
      max(i.ord) filter (where i.kind = 'message') as last_message,
      max(i.ord) filter (where i.kind = 'message' and i.author_kind = 'contact') as last_contact,
      max(i.ord) filter (where i.kind = 'message' and i.author_kind = 'agent') as last_agent,
      min(i.said_at) filter (where i.kind = 'message') as first_said_at,
      max(i.said_at) filter (where i.kind = 'message') as last_said_at,
      max(i.said_at) filter (where i.kind = 'message' and i.author_kind = 'contact') as last_contact_at,
      min(i.position) filter (where i.kind = 'message') as first_message_position,
      sum((i.usage ->> 'inputTokens')::bigint) as tokens_in, sum((i.usage ->> 'outputTokens')::bigint) as tokens_out, sum((i.usage ->> 'costUsd')::numeric) as cost_usd
    from item i group by i.ref
  ),
  updated as (
    update earshot.conversation c set
      last_position = h.to_position, needs_index = true,
      message_count = c.message_count + h.messages,
      contact_messages = c.contact_messages + h.contact_messages,
      agent_messages = c.agent_messages + h.agent_messages,
      unread = c.unread + h.contact_messages, has_unread = c.unread + h.contact_messages > 0,
      review_due = case when h.messages > 0 then 'live' else c.review_due end,
      last_message_at = greatest(c.last_message_at, h.last_said_at),
      activity_min = greatest(c.activity_min, date_bin('10 minutes', h.last_said_at, '2000-01-01')),
      last_contact_at = greatest(c.last_contact_at, h.last_contact_at),
      preview = case when h.messages > 0 then left(coalesce(p_texts[h.last_message], ''), 120) else c.preview end,
      preview_author = case when h.messages > 0 then p_author_kinds[h.last_message] else c.preview_author end,
      first_unanswered_at = case
        when h.last_contact > coalesce(h.last_agent, 0) then case when h.agent_messages > 0 then h.last_contact_at else coalesce(c.first_unanswered_at, h.last_contact_at) end
        when h.agent_messages > 0 then null else c.first_unanswered_at end,
      tokens_in = c.tokens_in + coalesce(h.tokens_in, 0), tokens_out = c.tokens_out + coalesce(h.tokens_out, 0), cost_usd = c.cost_usd + coalesce(h.cost_usd, 0),
      segment = c.segment + coalesce(h.first_said_at > c.last_message_at + interval '24 hours', false)::int,
      segment_position = case when h.first_said_at > c.last_message_at + interval '24 hours' then h.first_message_position else c.segment_position end
    from change h where c.ctid = p_rows[h.ref]
  ),
  written as (
    insert into earshot.entry (workspace_id, conversation_id, position, kind, author_kind, author_id, author_name, text, data, client_key, at)
    select p_workspaces[i.ref], p_conversations[i.ref], i.position, i.kind, i.author_kind, i.author_id, i.author_name, i.body, i.data, i.client_key, i.said_at from item i
  ),
  told as (
    insert into earshot.event (workspace_id, type, payload)
    select p_workspaces[h.ref], 'conversation.appended',
      jsonb_build_object('type', 'conversation.appended', 'conversationId', p_conversations[h.ref], 'from', h.from_position, 'to', h.to_position, 'reopened', false, 'channel', p_channels[h.ref])
    from change h
  )
  select array_agg(i.position order by i.ord), array_agg(i.said_at order by i.ord) into positions, times from item i;
  perform pg_notify('earshot_event', '');
end $$;

-- append_entry: the same rules for a batch of one, without sets and windows. The key look-up is made only when the insert meets the key.
create function append_entry(
  p_workspace uuid, p_conversation uuid, p_kind text, p_author_kind text, p_author_id uuid, p_author_name text,
  p_text text, p_data text, p_client_key text, p_epoch bigint, p_origin text, p_time timestamptz, p_usage text,
  out outcome text, out "position" int, out epoch bigint, out at timestamptz
) returns record
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz; v_at timestamptz;
  v_data jsonb := p_data::jsonb; v_usage jsonb := p_usage::jsonb;
  v_message boolean := p_kind = 'message';
  v_contact boolean := p_kind = 'message' and p_author_kind = 'contact';
  v_operator boolean := p_kind = 'message' and p_author_kind = 'operator';
  v_live boolean := p_origin <> 'history';
  v_reopen boolean; v_restart boolean; v_pause boolean; v_segment boolean; v_unread int; v_function text;
  c record; e record;
begin
  select x.last_position, x.status, x.control, x.initial_control, x.assignee_id, x.blocked, x.epoch, x.unread, x.has_unread, x.ended_at, x.reopen_window, x.last_message_at, x.channel_kind, x.ctid
    into c from earshot.conversation x where x.workspace_id = p_workspace and x.id = p_conversation for no key update skip locked;
  if not found then  -- never waits: a lane behind a held conversation would stop everybody (the batch function with p_wait is for that)
    outcome := case when exists (select from earshot.conversation x where x.workspace_id = p_workspace and x.id = p_conversation) then 'busy' else 'not_found' end;
    return;
  end if;
  v_now := clock_timestamp();
  v_at := coalesce(p_time, v_now);
  v_reopen := v_live and (v_contact or v_operator) and c.status <> 'active';
  epoch := c.epoch;

  if v_live and c.blocked and v_message and p_author_kind in ('agent', 'operator') then outcome := 'blocked';
  elsif v_live and p_author_kind = 'agent' and (c.control <> 'agent' or c.status <> 'active'
      or (p_epoch is not null and p_epoch <> c.epoch) or (p_epoch is null and p_origin = 'live')) then outcome := 'stale';
  elsif v_reopen and c.ended_at + c.reopen_window <= v_now then outcome := 'expired';
  elsif v_operator and p_origin = 'live' and c.control = 'agent' then outcome := 'agent_answers';
  elsif v_operator and p_origin = 'live' and c.control = 'operator' and c.assignee_id is distinct from p_author_id then outcome := 'taken';
  else
    insert into earshot.entry (workspace_id, conversation_id, position, kind, author_kind, author_id, author_name, text, data, client_key, at)
      values (p_workspace, p_conversation, c.last_position + 1, p_kind, p_author_kind, p_author_id, p_author_name, p_text, v_data, p_client_key, v_at)
      on conflict (workspace_id, conversation_id, client_key) where client_key is not null do nothing;
    if found then
      outcome := case when v_reopen then 'reopened' else 'appended' end;
      position := c.last_position + 1;
      at := v_at;
    end if;
  end if;

  if position is null then  -- refused, or the key is taken: what was accepted first decides
    select x.position, x.at, x.kind = p_kind and x.author_kind = p_author_kind and x.text is not distinct from p_text and x.data is not distinct from v_data as same
      into e from earshot.entry x where x.workspace_id = p_workspace and x.conversation_id = p_conversation and x.client_key = p_client_key;
    if found then
      outcome := case when e.same then 'duplicate' else 'conflict' end; position := e.position; at := e.at;
      return;
    end if;
    if p_author_kind = 'agent' and outcome in ('stale', 'blocked') then
      insert into earshot.suppressed_draft (workspace_id, conversation_id, client_key, author_id, epoch, reason, text, data, at)
        values (p_workspace, p_conversation, coalesce(p_client_key, uuidv7()::text), p_author_id, p_epoch, outcome, p_text, v_data, v_now)
        on conflict do nothing;
    end if;
    return;
  end if;

  v_restart := v_reopen and v_contact;
  v_pause := v_operator and p_origin = 'ingest' and c.control = 'agent';
  v_segment := v_reopen or (v_message and v_at > c.last_message_at + interval '24 hours');
  v_unread := case when not v_live or not v_message then c.unread when v_contact then c.unread + 1 when v_operator then 0 else c.unread end;
  v_function := case when p_kind = 'function_call' then v_data #>> '{functionCall,name}' end;
  if v_live and not (v_reopen or v_pause or v_operator) and p_kind <> 'function_call' and (v_unread > 0) = c.has_unread then
    -- Nearly always: only what every message changes, so that no trigger is weighed and no vocabulary read.
    update earshot.conversation x set
      last_position = position, needs_index = true,
      message_count = x.message_count + v_message::int,
      contact_messages = x.contact_messages + v_contact::int,
      agent_messages = x.agent_messages + (v_message and p_author_kind = 'agent')::int,
      unread = v_unread,
      review_due = case when v_message then 'live' else x.review_due end,
      last_message_at = case when v_message then greatest(x.last_message_at, v_at) else x.last_message_at end,
      activity_min = case when v_message then greatest(x.activity_min, date_bin('10 minutes', v_at, '2000-01-01')) else x.activity_min end,
      last_contact_at = case when v_contact then greatest(x.last_contact_at, v_at) else x.last_contact_at end,
      preview = case when v_message then left(coalesce(p_text, ''), 120) else x.preview end,
      preview_author = case when v_message then p_author_kind else x.preview_author end,
      first_unanswered_at = case when not v_message then x.first_unanswered_at when v_contact then coalesce(x.first_unanswered_at, v_at)
        when p_author_kind = 'agent' then null else x.first_unanswered_at end,
      tokens_in = x.tokens_in + coalesce((v_usage ->> 'inputTokens')::bigint, 0),
      tokens_out = x.tokens_out + coalesce((v_usage ->> 'outputTokens')::bigint, 0),
      cost_usd = x.cost_usd + coalesce((v_usage ->> 'costUsd')::numeric, 0),
      segment = x.segment + v_segment::int,
      segment_position = case when v_segment then position else x.segment_position end
      where x.ctid = c.ctid;
  else
    update earshot.conversation x set
      last_position = position, needs_index = true,
      message_count = x.message_count + v_message::int,
      contact_messages = x.contact_messages + v_contact::int,
      agent_messages = x.agent_messages + (v_message and p_author_kind = 'agent')::int,
      operator_messages = x.operator_messages + v_operator::int,
      unread = v_unread, has_unread = v_unread > 0,
      read_position = case when v_operator or not v_live then position else x.read_position end,
      review_due = case when not v_message then x.review_due when v_live then 'live' else coalesce(x.review_due, 'backfill') end,
      last_message_at = case when v_message then greatest(x.last_message_at, v_at) else x.last_message_at end,
      activity_min = case when v_message then greatest(x.activity_min, date_bin('10 minutes', v_at, '2000-01-01')) else x.activity_min end,
      last_contact_at = case when v_contact then greatest(x.last_contact_at, v_at) else x.last_contact_at end,
      preview = case when v_message then left(coalesce(p_text, ''), 120) else x.preview end,
      preview_author = case when v_message then p_author_kind else x.preview_author end,
      first_unanswered_at = case when not v_message then x.first_unanswered_at when v_contact then coalesce(x.first_unanswered_at, v_at)
        when p_author_kind in ('agent', 'operator') then null else x.first_unanswered_at end,
      functions = case when v_function is null or v_function = any (x.functions) then x.functions else array(select f from unnest(x.functions || v_function) f order by f) end,
      tokens_in = x.tokens_in + coalesce((v_usage ->> 'inputTokens')::bigint, 0),
      tokens_out = x.tokens_out + coalesce((v_usage ->> 'outputTokens')::bigint, 0),
      cost_usd = x.cost_usd + coalesce((v_usage ->> 'costUsd')::numeric, 0),
      status = case when v_reopen then 'active' else x.status end,
      ended_at = case when v_reopen then null else x.ended_at end,
      end_reason = case when v_reopen then null else x.end_reason end,
      outcome = case when v_reopen then null else x.outcome end,
      control = case when v_restart then x.initial_control when v_pause then 'paused' else x.control end,
      assignee_id = case when v_restart then null else x.assignee_id end,
      handoff_state = case when not v_restart then x.handoff_state when x.initial_control = 'queue' and not x.blocked then 'queued' else 'none' end,
      handoff_at = case when not v_restart then x.handoff_at when x.initial_control = 'queue' and not x.blocked then v_now end,
      epoch = x.epoch + (v_restart or v_pause)::int,
      segment = x.segment + v_segment::int,
      segment_position = case when v_segment then position else x.segment_position end
      where x.workspace_id = p_workspace and x.id = p_conversation
      returning x.epoch into epoch;
  end if;
  insert into earshot.event (workspace_id, type, payload) values (p_workspace, 'conversation.appended',
    jsonb_build_object('type', 'conversation.appended', 'conversationId', p_conversation, 'from', position, 'to', position, 'reopened', v_reopen, 'channel', c.channel_kind));
  perform pg_notify('earshot_event', '');
end $$;

alter function append_entries owner to earshot_log;
alter function append_plain owner to earshot_log;
alter function append_entry owner to earshot_log;
revoke all on function append_entries, append_plain, append_entry from public;
grant execute on function append_entries, append_entry to earshot_app;
