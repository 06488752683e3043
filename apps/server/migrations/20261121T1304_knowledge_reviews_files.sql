-- why:   what agents answer from, what reviews find, and the files people send
-- locks: none (new tables)
-- breaks older nodes: no

create table article (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  title text not null,
  body text not null,
  language text not null default 'en',
  status text not null default 'draft' check (status in ('draft', 'published')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by text,
  primary key (workspace_id, id)
);
select earshot.isolate('article');

create table review (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  segment int not null,
  through_position int not null,
  reason text not null check (reason in ('idle', 'closed', 'manual', 'backfill')),
  applicable boolean not null,
  score smallint check (score between 0 and 100),
  tone text,
  analyser text not null,
  analyser_version text not null,
  model text,
  tokens_in int not null default 0,
  tokens_out int not null default 0,
  cost_usd numeric(14, 6) not null default 0,
  duration_ms int not null default 0,
  analysis jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index review_of_conversation on review (workspace_id, conversation_id, id desc);
-- One automatic review per quiet period: a second sweep of the same state stores nothing.
create unique index review_once on review (workspace_id, conversation_id, through_position) where reason in ('idle', 'backfill');
select earshot.isolate('review');

create table review_flag (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  review_id uuid not null,
  conversation_id uuid not null,
  code text not null,
  severity text not null check (severity in ('info', 'review', 'urgent')),
  reason text not null,
  evidence jsonb not null default '[]',
  state text not null default 'open' check (state in ('open', 'confirmed', 'dismissed')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, review_id) references review on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index review_flag_of_review on review_flag (workspace_id, review_id);
create index review_flag_of_conversation on review_flag (workspace_id, conversation_id);
select earshot.isolate('review_flag');

create table file (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  storage_key text not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 bytea not null,
  conversation_id uuid,
  by_kind text not null check (by_kind in ('operator', 'contact', 'agent', 'api_key')),
  by_id text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete set null (conversation_id)
);
comment on table file is 'What storage_key in the file store is: written before it can be named in a message.';
create index file_of_conversation on file (workspace_id, conversation_id) where conversation_id is not null;
select earshot.isolate('file');

create table agent_turn (
  workspace_id uuid not null,
  conversation_id uuid not null,
  through_position int not null,
  due_at timestamptz not null,
  lease_until timestamptz,
  attempts int not null default 0,
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index agent_turn_due on agent_turn (due_at);
comment on table agent_turn is 'Contacts who wait for an agent: written by the feed follower, claimed with a lease, deleted when answered. Survives any crash.';
select earshot.isolate('agent_turn');
