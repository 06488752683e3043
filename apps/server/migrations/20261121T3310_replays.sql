-- why:   past conversations are played again to a draft of an agent, and the answers kept beside the old ones
-- locks: none (new tables)
-- breaks older nodes: no

create table replay (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  agent_id uuid not null,
  version int,
  config jsonb not null,
  job_id uuid not null,
  by_name text not null default '',
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agent on delete cascade,
  foreign key (workspace_id, job_id) references job on delete cascade
);
create index replay_of_agent on replay (workspace_id, agent_id, id desc);
create index replay_of_job on replay (workspace_id, job_id);
comment on table replay is 'Past conversations played to a document of an agent, by a job; it goes when the job is pruned.';
select earshot.isolate('replay');

create table replay_conversation (
  workspace_id uuid not null,
  replay_id uuid not null,
  conversation_id uuid not null,
  ordinal int not null,
  turns jsonb not null default '[]',
  finished boolean not null default false,
  primary key (workspace_id, replay_id, conversation_id),
  foreign key (workspace_id, replay_id) references replay on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create unique index replay_conversation_order on replay_conversation (workspace_id, replay_id, ordinal);
create index replay_conversation_of on replay_conversation (workspace_id, conversation_id);
comment on table replay_conversation is 'One conversation of a replay: each question with the old answer and the new one.';
select earshot.isolate('replay_conversation');
