-- why:   the overlap of arrays is not leakproof, so behind the wall no index answers it: two narrow doors ask it for one workspace
-- locks: none (new functions)
-- breaks older nodes: no

/* Conversations with one of the tags; null when there are more than p_most: then they are soon met on the way through the list. */
create function find_tagged(p_workspace uuid, p_tags text[], p_most int) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare v_ids uuid[]; begin
  if (select sum(d.n) from earshot.tag_delta d where d.workspace_id = p_workspace and d.tag = any (p_tags)) > p_most then return null; end if;
  select coalesce(array_agg(x.id), '{}') into v_ids
    from (select c.id from earshot.conversation c where c.workspace_id = p_workspace and c.tags && p_tags limit p_most + 1) x;
  return case when cardinality(v_ids) <= p_most then v_ids end;
end $$;
/* The same of flags. */
create function find_flagged(p_workspace uuid, p_flags text[], p_most int) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare v_ids uuid[]; begin
  select coalesce(array_agg(x.id), '{}') into v_ids
    from (select c.id from earshot.conversation c where c.workspace_id = p_workspace and c.flags && p_flags and c.flags <> '{}' limit p_most + 1) x;
  return case when cardinality(v_ids) <= p_most then v_ids end;
end $$;
alter function find_tagged owner to earshot_log;
alter function find_flagged owner to earshot_log;
revoke all on function find_tagged, find_flagged from public;
grant execute on function find_tagged, find_flagged to earshot_app;
