-- why:   exact counts of filters and saved views without reading every conversation (ADR 0017)
-- locks: reads conversation once
-- breaks older nodes: no

-- Cells of a few small cubes: how many conversations share these values. As with view counts (ADR 0011) each change adds a row of +1
-- and one of -1, the count is the sum, and a background task folds them, so that writers never meet. Columns are named as in
-- conversation, so that one condition serves both; what a cube does not hold is null. reviewed_at and flag_count only say whether.
create table conversation_cell (
  workspace_id uuid not null,
  cube smallint not null,
  status text,
  control text,
  handoff_state text,
  outcome text,
  assignee_id uuid,
  reviewed_at timestamptz,
  stage_key text,
  channel_kind text,
  agent_id uuid,
  rating smallint,
  tone text,
  flag_count int,
  n bigint not null
);
create index conversation_cell_of_cube on conversation_cell (workspace_id, cube);
select earshot.isolate('conversation_cell', 'select');

/* The cells one conversation counts in. What appends change (unread, messages) is in none of them. */
create function cells_of(c earshot.conversation, p_n bigint) returns setof earshot.conversation_cell
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select c.workspace_id, 1::smallint, c.status::text, c.control::text, c.handoff_state::text, c.outcome::text, c.assignee_id,
         case when c.reviewed_at is not null then 'epoch'::timestamptz end, null::text, null::text, null::uuid, null::smallint, null::text, null::int, p_n
  union all
  select c.workspace_id, 2::smallint, c.status::text, null, null, c.outcome::text, null, null, c.stage_key, c.channel_kind, null, null, null, null, p_n
  union all
  select c.workspace_id, 3::smallint, c.status::text, null, null, c.outcome::text, null, null, null, c.channel_kind, c.agent_id, null, null, null, p_n
  union all
  select c.workspace_id, 4::smallint, c.status::text, null, null, null, null,
         case when c.reviewed_at is not null then 'epoch'::timestamptz end, c.stage_key, null, null, c.rating, c.tone, least(c.flag_count, 1), p_n
$$;
create function count_cells() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into earshot.conversation_cell
    select (d.cell).*
      from (select cell from earshot.cells_of(new, 1) cell where tg_op <> 'DELETE'
            union all select cell from earshot.cells_of(old, -1) cell where tg_op <> 'INSERT') d;
  return null;
end $$;
create trigger conversation_in_cells after insert or delete on conversation for each row execute function count_cells();
-- Of columns that no append sets: the condition of a trigger is read again in every statement that may fire it.
create trigger conversation_moved_cells
  after update of status, control, handoff_state, outcome, assignee_id, reviewed_at, stage_key, channel_kind, agent_id, rating, tone, flag_count on conversation
  for each row when (
    (old.status, old.control, old.handoff_state, old.outcome, old.assignee_id, old.reviewed_at is null, old.stage_key, old.channel_kind, old.agent_id, old.rating, old.tone, old.flag_count > 0)
    is distinct from
    (new.status, new.control, new.handoff_state, new.outcome, new.assignee_id, new.reviewed_at is null, new.stage_key, new.channel_kind, new.agent_id, new.rating, new.tone, new.flag_count > 0))
  execute function count_cells();

/* Merges what was added since. One at a time: a second one would add what the first is merging. */
create function fold_cells() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtext('earshot.fold_cells')) then return; end if;
  with again as materialized (
    select array_agg(c.ctid) as rows, workspace_id, cube, status, control, handoff_state, outcome, assignee_id, reviewed_at, stage_key, channel_kind, agent_id, rating, tone, flag_count, sum(n) as n
      from earshot.conversation_cell c
     group by workspace_id, cube, status, control, handoff_state, outcome, assignee_id, reviewed_at, stage_key, channel_kind, agent_id, rating, tone, flag_count
    having count(*) > 1
  ), gone as (
    delete from earshot.conversation_cell c where c.ctid in (select unnest(a.rows) from again a)
  )
  insert into earshot.conversation_cell
    select workspace_id, cube, status, control, handoff_state, outcome, assignee_id, reviewed_at, stage_key, channel_kind, agent_id, rating, tone, flag_count, n
      from again where n <> 0;
end $$;
/* Counts a workspace anew: after rows were put into conversation without its triggers. */
create function recount_cells(p_workspace uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from earshot.conversation_cell where workspace_id = p_workspace;
  insert into earshot.conversation_cell
    select workspace_id, cube, status, control, handoff_state, outcome, assignee_id, reviewed_at, stage_key, channel_kind, agent_id, rating, tone, flag_count, count(*)
      from (select (earshot.cells_of(c, 1)).* from earshot.conversation c where c.workspace_id = p_workspace) one
     group by workspace_id, cube, status, control, handoff_state, outcome, assignee_id, reviewed_at, stage_key, channel_kind, agent_id, rating, tone, flag_count;
$$;
do $$ declare f text; begin
  foreach f in array array['cells_of', 'count_cells', 'fold_cells', 'recount_cells'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
revoke execute on function recount_cells from earshot_app;
select recount_cells(workspace_id) from workspace;
