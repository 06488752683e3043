-- why:   the sweep finds what is due across workspaces; who wrote a key of the memory decides who may change it
-- locks: a short exclusive lock on conversation (a new column with a constant default)
-- breaks older nodes: no

alter table conversation add column memory_by jsonb not null default '{}';
comment on column conversation.memory_by is 'Key of the memory → operator, agent or detected. What an operator set or removed is theirs.';

/* Quiet long enough, or over: live conversations first, imported ones behind. p_after replaces every workspace''s own delay when given. */
create function find_due_reviews(p_after interval, p_limit int, out workspace_id uuid, out conversation_id uuid, out kind text) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.workspace_id, c.id, c.review_due
    from earshot.conversation c join earshot.workspace w on w.workspace_id = c.workspace_id
   where c.review_due is not null and (c.status <> 'active' or c.last_message_at <= now() - coalesce(p_after, w.review_after))
   order by c.review_due = 'backfill', c.activity_min limit p_limit
$$;
alter function find_due_reviews owner to earshot_log;
revoke all on function find_due_reviews from public;
grant execute on function find_due_reviews to earshot_app;
