-- Undoing a merge gives back what was remembered key by key: what was read out of the words meanwhile does not keep the rest.
create function before_by_key(p_now jsonb, p_after jsonb, p_before jsonb) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(k, v) filter (where v is not null), '{}')
    from (select k, case when p_now -> k is not distinct from p_after -> k then p_before -> k else p_now -> k end as v
            from (select jsonb_object_keys(p_now || p_after || p_before) as k) keys) restored
$$;
comment on function before_by_key is 'The object before a change, but for the keys that were changed again since.';

create or replace function restore_merged_row(p_workspace uuid, p_merge uuid, p_now jsonb, p_judged boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_set text; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  select string_agg(case
      when a.attname in ('memory', 'memory_by') then format('%I = earshot.before_by_key(c.%I, x.%I, b.%I)', a.attname, a.attname, a.attname, a.attname)
      when a.attname in ('tokens_in', 'tokens_out', 'cost_usd') then format('%I = b.%I + c.%I - x.%I', a.attname, a.attname, a.attname, a.attname)
      when a.attname in ('reviewed_at', 'quality', 'tone', 'emotions', 'converted', 'language', 'resolution') then
        format('%I = case when $4 or $3 -> %L is not distinct from m.after -> %L then b.%I else c.%I end', a.attname, a.attname, a.attname, a.attname, a.attname)
      when a.attname in ('stage_key', 'stage_by') then
        format('%I = case when $4 and c.stage_by = ''review'' or $3 -> %L is not distinct from m.after -> %L then b.%I else c.%I end', a.attname, a.attname, a.attname, a.attname, a.attname)
      else format('%I = case when $3 -> %L is not distinct from m.after -> %L then b.%I else c.%I end', a.attname, a.attname, a.attname, a.attname, a.attname)
    end, ', ') into v_set
    from pg_attribute a where a.attrelid = 'earshot.conversation'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     and a.attname not in ('workspace_id', 'id', 'number', 'contact_id', 'epoch', 'log', 'needs_index', 'flags');
  execute format('update earshot.conversation c set %s from earshot.conversation_merge m, jsonb_populate_record(null::earshot.conversation, m.before) b,
      jsonb_populate_record(null::earshot.conversation, m.after) x
    where m.workspace_id = $1 and m.id = $2 and c.workspace_id = $1 and c.id = m.conversation_id', v_set) using p_workspace, p_merge, p_now, p_judged;
end $$;
alter function before_by_key owner to earshot_log;
revoke all on function before_by_key from public;
