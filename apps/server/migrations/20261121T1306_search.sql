-- why:   one field searches session id, title, names, e-mail, phone and inside every message; text indexes and LIKE under row level
--        security are slow (reliability.md M4), so a narrow function reads past the wall with the workspace it is given by the row
-- locks: none (new function)
-- breaks older nodes: no

/* Where a conversation matches a folded LIKE pattern: at most one row; position null when a name or id matched. */
create function search_matches(p_workspace uuid, p_conversation uuid, p_pattern text, out "position" int, out snippet text) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.position, m.snippet from (
    select e.position, e.text as snippet, 0 as rank
      from earshot.entry e
     where e.workspace_id = p_workspace and e.conversation_id = p_conversation and e.kind in ('message', 'note') and lower(e.text) like p_pattern
    union all
    select null, v.value, 1
      from earshot.conversation c
      join earshot.contact t on t.workspace_id = c.workspace_id and t.id = c.contact_id
      left join earshot.agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id
      cross join lateral (values (c.title), (t.name), (t.email), (t.phone), (c.session_id), (a.name)) as v (value)
     where c.workspace_id = p_workspace and c.id = p_conversation and p_workspace = current_setting('earshot.workspace_id')::uuid
       and lower(v.value) like p_pattern
  ) m where p_workspace = current_setting('earshot.workspace_id')::uuid order by m.rank, m.position desc nulls last limit 1
$$;
alter function search_matches owner to earshot_log;
revoke all on function search_matches from public;
grant execute on function search_matches to earshot_app;
