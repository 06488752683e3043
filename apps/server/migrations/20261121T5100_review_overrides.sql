/*
 * What people say against a review: single corrections, and second reviews made blind. Two new tables, and who was judged as a column of
 * the review: adding it rewrites the table under a lock, minutes at millions of reviews; older nodes go on, they never write it.
 */
alter table review add column judged text generated always as (coalesce(analysis #>> '{shaped,quality,judged}', 'agent')) stored;
create index review_by_time on review (workspace_id, created_at);

create table review_override (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  review_id uuid not null,
  field text not null check (field in ('part', 'resolution', 'outcome', 'stage')),
  part text not null default '',
  engine_value jsonb not null,
  person_value jsonb not null,
  most int,
  reason text not null,
  change_id uuid,
  by_id text,
  by_name text,
  at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by jsonb,
  ended_how text check (ended_how in ('undone', 'replaced')),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, review_id) references review on delete cascade,
  check ((field = 'part') = (part <> '')),
  check ((ended_at is null) = (ended_how is null))
);
comment on table review_override is 'One value of a review that a person overruled. The review itself is never changed: both values are kept.';
comment on column review_override.change_id is 'What undoes the stage or the outcome that went with it.';
create unique index review_override_stands on review_override (workspace_id, review_id, field, part) where ended_at is null;
create index review_override_of_conversation on review_override (workspace_id, conversation_id);
create index review_override_by_time on review_override (workspace_id, at desc);
select earshot.isolate('review_override');

create table review_sheet (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  review_id uuid not null,
  member_id text not null,
  member_name text,
  points jsonb not null,
  resolution text not null,
  note text not null default '',
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, review_id) references review on delete cascade,
  unique (workspace_id, review_id, member_id)
);
comment on table review_sheet is 'A second review, made by a person who was not shown the first one.';
create index review_sheet_of_conversation on review_sheet (workspace_id, conversation_id);
create index review_sheet_by_time on review_sheet (workspace_id, at desc);
select earshot.isolate('review_sheet');
