-- why:   agents that live elsewhere: the secret their requests are signed with, and answers that are still to come from them
-- locks: none (new tables)
-- breaks older nodes: no

create table agent_signing (
  workspace_id uuid not null,
  agent_id uuid not null,
  secret_sealed text not null,
  previous_sealed text,
  previous_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agent on delete cascade,
  check ((previous_sealed is null) = (previous_until is null))
);
comment on table agent_signing is 'What requests to an agent that lives elsewhere are signed with, encrypted with EARSHOT_SECRET. The one before signs too until previous_until.';
select earshot.isolate('agent_signing');

create table agent_call (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  agent_id uuid not null,
  epoch int not null,
  through_position int not null,
  turn_id text not null,
  token_hash bytea not null,
  state text not null default 'open' check (state in ('open', 'answered', 'over')),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index agent_call_of_conversation on agent_call (workspace_id, conversation_id);
create index agent_call_expires on agent_call (expires_at);
comment on table agent_call is 'A question asked of an agent that lives elsewhere: it may be answered once, later, by whoever holds the token, while the turn waits.';
select earshot.isolate('agent_call');
