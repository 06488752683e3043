-- why:   the review queue: who looks at which review, who has checked it, what comes back later; why a flag was dismissed
-- locks: rewrites review once (a stored generated column); a short exclusive lock on review_flag (new columns without a value)
-- breaks older nodes: no

-- How sure the analyser is of what the queue asks first: the least sure of tone and resolution.
alter table review
  add column confidence float8 generated always as (least(
    (analysis #>> '{raw,sentiment,tone,confidence}')::float8, (analysis #>> '{raw,outcome,resolution,confidence}')::float8)) stored;

alter table review_flag
  add column why text,
  -- What a person said of the same finding before a newer review found more, which opened it again.
  add column reopened jsonb;

create table review_lock (
  workspace_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  until timestamptz not null,
  -- Time spent, counted from one sign of life to the next, so that a break does not count.
  worked_seconds int not null default 0,
  seen_at timestamptz not null default now(),
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade
);
comment on table review_lock is 'Who is checking a review right now. The key lets one person win; a row whose time is over is nobody''s.';
create index review_lock_of_member on review_lock (workspace_id, member_id);
select earshot.isolate('review_lock');

create table review_check (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  review_id uuid not null,
  member_id uuid not null,
  member_name text not null,
  -- The parts the person agreed with one by one; done without any is agreement with the whole.
  agreed text[] not null default '{}',
  seconds int not null check (seconds >= 0),
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, review_id) references review on delete cascade
);
comment on table review_check is 'A person has looked at a review and was done with it.';
create unique index review_check_once on review_check (workspace_id, review_id);
create index review_check_of_conversation on review_check (workspace_id, conversation_id);
create index review_check_by_time on review_check (workspace_id, at);
select earshot.isolate('review_check');

create table review_skip (
  workspace_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  until timestamptz not null,
  primary key (workspace_id, conversation_id, member_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade
);
comment on table review_skip is 'Put off by one person; it comes back to them then, and to others at any time.';
create index review_skip_of_member on review_skip (workspace_id, member_id);
select earshot.isolate('review_skip');

create table review_goal (
  workspace_id uuid not null,
  member_id uuid not null,
  minutes int not null check (minutes between 1 and 480),
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
comment on table review_goal is 'How many minutes a day a person means to check reviews. No row: ten.';
select earshot.isolate('review_goal');

create table review_flag_verdict (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  code text not null,
  state text not null check (state in ('open', 'confirmed', 'dismissed')),
  why text,
  by_id text,
  by_name text,
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
comment on table review_flag_verdict is 'Every time a person judged a flag. Dismissals are counted from here: rows of later reviews only carry them on.';
create index review_flag_verdict_by_time on review_flag_verdict (workspace_id, at);
create index review_flag_verdict_of_conversation on review_flag_verdict (workspace_id, conversation_id);
select earshot.isolate('review_flag_verdict');
