-- why:   what an agent is becomes one document with versions; its secrets stay apart, sealed; what it spends in a day is counted
-- locks: agent and conversation briefly (added columns with constant defaults: no rewrite)
-- breaks older nodes: no

alter table agent
  add column current_version int not null default 0,
  add column avatar_file_id uuid,
  add column fallback_key_sealed text,
  add column handoff_after interval;
comment on column agent.current_version is 'The version of the document in force; 0: never saved, every default holds. name, company, mode, avatar and handoff_after repeat it for SQL.';
comment on column agent.handoff_after is 'A contact who waits longer than this for an answer gets a person; null: the trigger is off.';

create table agent_version (
  workspace_id uuid not null,
  agent_id uuid not null,
  version int not null check (version > 0),
  config jsonb not null,
  note text not null default '',
  restored_from int,
  by_id uuid,
  by_name text not null default '',
  at timestamptz not null default now(),
  primary key (workspace_id, agent_id, version),
  foreign key (workspace_id, agent_id) references agent on delete cascade
);
comment on table agent_version is 'Every save of an agent, whole; never changed. AgentConfig of the contracts is its form.';
select earshot.isolate('agent_version', 'select, insert');

-- The owner of the tables is behind their walls too; the log's role sees all workspaces.
set local role earshot_log;
insert into agent_version (workspace_id, agent_id, version, config)
select a.workspace_id, a.id, 1, jsonb_build_object(
  'profile', jsonb_build_object('name', a.name, 'company', a.company, 'languages', to_jsonb(a.languages), 'mode', a.mode),
  'model', jsonb_build_object('provider', a.provider, 'baseUrl', a.base_url, 'model', a.model, 'temperature', a.temperature,
    'maxOutputTokens', a.max_output_tokens, 'inputPricePerMillion', a.input_price_per_million, 'outputPricePerMillion', a.output_price_per_million),
  'instructions', a.instructions,
  'handoff', jsonb_build_object('contactAsks', jsonb_build_object('phrases', to_jsonb(a.handoff_phrases))))
  from agent a;
update agent set current_version = 1;
reset role;

create table agent_secret (
  workspace_id uuid not null,
  agent_id uuid not null,
  name text not null,
  host text not null,
  sealed text not null,
  by_name text not null default '',
  updated_at timestamptz not null default now(),
  primary key (workspace_id, agent_id, name),
  foreign key (workspace_id, agent_id) references agent on delete cascade
);
comment on table agent_secret is 'Values that functions send, encrypted with EARSHOT_SECRET: written, never read back, sent to this host only.';
select earshot.isolate('agent_secret');

create table agent_spend (
  workspace_id uuid not null,
  agent_id uuid not null,
  day date not null,
  tokens bigint not null default 0,
  cost_usd numeric(14, 6) not null default 0,
  primary key (workspace_id, agent_id, day),
  foreign key (workspace_id, agent_id) references agent on delete cascade
);
comment on table agent_spend is 'What an agent''s models used in a day (UTC), for its budget.';
select earshot.isolate('agent_spend');

alter table conversation add column agent_version int;
comment on column conversation.agent_version is 'The version of the agent that answered here last; each answer names its own.';

-- An uploaded image that a version of an agent shows is no leftover.
create index agent_version_avatar on agent_version (workspace_id, (config #>> '{profile,avatarFileId}')) where config #>> '{profile,avatarFileId}' is not null;
create or replace function find_unattached_files(p_older interval, p_limit int, out workspace_id uuid, out id uuid, out storage_key text)
returns setof record language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.workspace_id, f.id, f.storage_key from earshot.file f
   where f.conversation_id is null and f.created_at < now() - p_older
     and not exists (select from earshot.agent_version v where v.workspace_id = f.workspace_id and v.config #>> '{profile,avatarFileId}' = f.id::text)
   order by f.created_at limit p_limit
$$;
