-- why:   every filter and order of the list answers from an index, and none of them slows the append (ADR 0021)
-- locks: rewrites conversation once (stored generated columns), then builds its indexes
-- breaks older nodes: no

alter table conversation
  -- The codes of the flags of the latest review, and of people, that nobody dismissed: kept by the triggers below, so that filtering needs no join.
  add column flags text[] not null default '{}',
  -- What changes with every message may be in no index. These are null while messages come, and take their value once the
  -- conversation is over or reviewed: the orders by messages and duration read the settled from an index, and sort the few others.
  add column settled_messages int generated always as (case when status <> 'active' or review_due is null then message_count end) stored,
  add column settled_duration interval generated always as (case when status <> 'active' or review_due is null then last_message_at - started_at end) stored,
  -- How far the last activity lies behind the start: 0 less than a day, 1 less than 32 days, 2 more. Bounds the walk of a date filter.
  add column span smallint generated always as (case when activity_min - started_at < '1 day' then 0 when activity_min - started_at < '32 days' then 1 else 2 end) stored;

drop index conversation_by_rating;
create index conversation_by_rating on conversation (workspace_id, rating, id) where rating is not null;
create index conversation_by_quality on conversation (workspace_id, quality, id) where quality is not null;
create index conversation_by_messages on conversation (workspace_id, settled_messages, id) where settled_messages is not null;
create index conversation_by_duration on conversation (workspace_id, settled_duration, id) where settled_messages is not null;
create index conversation_unsettled on conversation (workspace_id, id) where settled_messages is null;
create index conversation_by_stage on conversation (workspace_id, stage_key, activity_min desc, id desc);
create index conversation_by_flow on conversation (workspace_id, flow_id, activity_min desc, id desc) where flow_id is not null;
-- Only the rare values: a common one is met soon on the way through the newest.
create index conversation_by_outcome on conversation (workspace_id, outcome, activity_min desc, id desc) where outcome <> 'completed';
create index conversation_by_handoff on conversation (workspace_id, handoff_state, activity_min desc, id desc) where handoff_state <> 'none';
create index conversation_by_control on conversation (workspace_id, control, activity_min desc, id desc) where control <> 'agent';
create index conversation_by_resolution on conversation (workspace_id, resolution, activity_min desc, id desc) where resolution <> 'unknown';
create index conversation_unreviewed on conversation (workspace_id, activity_min desc, id desc) where reviewed_at is null;
create index conversation_flagged on conversation (workspace_id, activity_min desc, id desc) where flag_count > 0;
create index conversation_with_audio on conversation (workspace_id, activity_min desc, id desc) where has_audio;
create index conversation_by_flag on conversation using gin (flags) where flags <> '{}';
create index conversation_spanning on conversation (workspace_id, span, activity_min desc, id desc) where span > 0;

/* Writes the flags of the latest review, and those of people (of no review), on its conversation, as often as they change. */
create function copy_flags(p_workspace uuid, p_conversation uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  update earshot.conversation c set flags = n.flags
    from (select coalesce(array_agg(distinct f.code order by f.code), '{}') as flags
            from earshot.review_flag f
           where f.workspace_id = p_workspace and f.conversation_id = p_conversation and f.state <> 'dismissed'
             and coalesce(f.review_id = (select r.id from earshot.review r where r.workspace_id = p_workspace and r.conversation_id = p_conversation order by r.id desc limit 1), f.review_id is null)) n
   where c.workspace_id = p_workspace and c.id = p_conversation and c.flags <> n.flags
$$;
create function flags_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c record; begin
  for c in select distinct workspace_id, conversation_id from changed loop
    perform earshot.copy_flags(c.workspace_id, c.conversation_id);
  end loop;
  return null;
end $$;
create trigger flags_added after insert on review_flag referencing new table as changed for each statement execute function flags_changed();
create trigger flags_judged after update on review_flag referencing new table as changed for each statement execute function flags_changed();
create trigger flags_removed after delete on review_flag referencing old table as changed for each statement execute function flags_changed();
create trigger flags_outdated after insert on review referencing new table as changed for each statement execute function flags_changed();
alter function copy_flags owner to earshot_log;
alter function flags_changed owner to earshot_log;
revoke all on function copy_flags, flags_changed from public;
grant execute on function copy_flags, flags_changed to earshot_app;
update conversation c set flags = f.codes
  from (select f.workspace_id, f.conversation_id, array_agg(distinct f.code order by f.code) as codes
          from review_flag f
         where f.state <> 'dismissed' and f.review_id = (select r.id from review r where r.workspace_id = f.workspace_id and r.conversation_id = f.conversation_id order by r.id desc limit 1)
         group by f.workspace_id, f.conversation_id) f
 where c.workspace_id = f.workspace_id and c.id = f.conversation_id;

create table saved_view (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  owner_id uuid not null,
  name text not null,
  shared boolean not null default false,
  filter jsonb not null,
  sort text not null,
  layout text not null check (layout in ('split', 'table')),
  columns jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references member on delete cascade
);
create index saved_view_of_owner on saved_view (workspace_id, owner_id);
select earshot.isolate('saved_view');

create table list_preference (
  workspace_id uuid not null,
  member_id uuid not null,
  layout text check (layout in ('split', 'table')),
  sort text,
  columns jsonb,
  view_order uuid[] not null default '{}',
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
comment on table list_preference is 'How a person likes the list drawn, and the order of the views beside it.';
select earshot.isolate('list_preference');
