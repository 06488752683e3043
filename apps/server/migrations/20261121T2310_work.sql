-- why:   priority and snooze, flags by people, changes that can be undone, colours of stages, exact counts of tags
-- locks: short exclusive locks on conversation, review_flag and stage (new columns with constant defaults); reads all tags once
-- breaks older nodes: no


-- A domain, not a check: checks of this table are read again by every append (ADR 0009).
create domain conversation_priority as text check (value in ('urgent', 'high', 'normal', 'low'));
alter table conversation
  add column priority conversation_priority not null default 'normal',
  add column snoozed_at timestamptz,
  add column snoozed_until timestamptz,
  add column snooze_until_reply boolean not null default false,
  add column woken_at timestamptz,
  add column woken_by text;
create index conversation_snoozed on conversation (workspace_id, snoozed_until) where snoozed_at is not null;
create index conversation_by_priority on conversation (workspace_id, priority, activity_min desc, id desc) where priority <> 'normal';

/* Those whose time has come, or whose contact has answered. */
create function find_due_wakes(p_limit int, out workspace_id uuid, out conversation_id uuid, out reason text) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.workspace_id, c.id, case when c.snooze_until_reply and c.last_contact_at > c.snoozed_at then 'reply' else 'time' end
    from earshot.conversation c
   where c.snoozed_at is not null and (c.snoozed_until <= now() or (c.snooze_until_reply and c.last_contact_at > c.snoozed_at))
   order by c.snoozed_at limit p_limit
$$;

-- A flag of a person belongs to no review.
alter table review_flag
  alter column review_id drop not null,
  add column by_id text,
  add column by_name text,
  add column resolved_by jsonb,
  add column resolved_at timestamptz,
  add column resolve_reason text not null default '';

create table conversation_change (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  job_id uuid,
  kind text not null,
  before jsonb not null,
  after jsonb not null,
  by_kind text not null,
  by_id text,
  at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, job_id) references job on delete cascade
);
comment on table conversation_change is 'What a reversible change replaced, so that its undo restores exactly that. Pruned after 30 days.';
create unique index conversation_change_of_job on conversation_change (workspace_id, job_id, conversation_id) where job_id is not null;
create index conversation_change_of_conversation on conversation_change (workspace_id, conversation_id);
create index conversation_change_old on conversation_change (at);
select earshot.isolate('conversation_change');
create function prune_changes(p_older interval) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from earshot.conversation_change c where c.at < now() - p_older
$$;

alter table stage
  add column color text not null default 'slate',
  add column leaving_to text;
comment on column stage.leaving_to is 'Being deleted: its conversations go there. Nothing may be put into it any more.';

-- As with view counts (ADR 0011): each change adds rows of +1 and -1, a count is their sum, a sweep folds them.
create table tag_delta (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  tag text not null,
  n bigint not null,
  primary key (workspace_id, id)
);
create index tag_delta_by_tag on tag_delta (workspace_id, tag) include (n);
select earshot.isolate('tag_delta', 'select');
create function count_tags() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_old text[] := '{}'; v_new text[] := '{}'; v_workspace uuid; begin
  if tg_op <> 'INSERT' then v_old := old.tags; v_workspace := old.workspace_id; end if;
  if tg_op <> 'DELETE' then v_new := new.tags; v_workspace := new.workspace_id; end if;
  insert into earshot.tag_delta (workspace_id, tag, n)
    select v_workspace, t, 1 from (select distinct unnest(v_new) as t) a where t <> all (v_old)
    union all select v_workspace, t, -1 from (select distinct unnest(v_old) as t) b where t <> all (v_new);
  return null;
end $$;
create function fold_tags() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from earshot.tag_delta returning workspace_id, tag, n)
  insert into earshot.tag_delta (workspace_id, tag, n) select workspace_id, tag, sum(n) from gone group by workspace_id, tag having sum(n) <> 0
$$;
do $$ declare f text; begin
  foreach f in array array['find_due_wakes', 'prune_changes', 'count_tags', 'fold_tags'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
create trigger conversation_tags_added after insert on conversation for each row when (new.tags <> '{}') execute function count_tags();
create trigger conversation_tags_removed after delete on conversation for each row when (old.tags <> '{}') execute function count_tags();
create trigger conversation_tags_recounted after update of tags on conversation for each row when (old.tags is distinct from new.tags)
  execute function count_tags();
insert into tag_delta (workspace_id, tag, n) select workspace_id, t, count(*) from conversation, unnest(tags) t group by workspace_id, t;
