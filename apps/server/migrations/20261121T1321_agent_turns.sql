-- why:   contacts who wait for an agent are found, claimed and let go by every node, across workspaces
-- locks: agent_turn briefly (added column with a constant default: no rewrite)
-- breaks older nodes: no

alter table agent_turn add column waiting_since timestamptz not null default now();
comment on column agent_turn.waiting_since is 'When the newest fragment came: the wait for a contact who is typing is counted from here.';

/*
 * Takes due turns for one node, for as long as it renews them. Conversations whose contact is typing wait a little, at most p_patience.
 * A turn whose lease ran out belonged to a node that is gone: it is due again.
 */
create function claim_turns(p_limit int, p_lease interval, p_typing uuid[], p_patience interval,
  out workspace_id uuid, out conversation_id uuid, out through_position int, out attempts int) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with due as (
    select t.workspace_id, t.conversation_id from earshot.agent_turn t
     where t.due_at <= clock_timestamp() and (t.lease_until is null or t.lease_until < clock_timestamp())
       and not (t.conversation_id = any (p_typing) and t.waiting_since + p_patience > clock_timestamp())
     order by t.due_at limit p_limit for update skip locked
  )
  update earshot.agent_turn t set lease_until = clock_timestamp() + p_lease, attempts = t.attempts + 1
    from due where t.workspace_id = due.workspace_id and t.conversation_id = due.conversation_id
  returning t.workspace_id, t.conversation_id, t.through_position, t.attempts
$$;
/* Milliseconds until the next turn is due; null when nobody waits. */
create function next_turn_ms() returns float8
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select extract(epoch from min(greatest(t.due_at, coalesce(t.lease_until, t.due_at))) - clock_timestamp()) * 1000 from earshot.agent_turn t
$$;
do $$ declare f text; begin
  foreach f in array array['claim_turns', 'next_turn_ms'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
