-- why:   who talks to us, who answers, and over what
-- locks: none (new tables)
-- breaks older nodes: no

create table contact (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  name text,
  email text,
  phone text,
  attributes jsonb not null default '{}',
  last_active_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index contact_by_age on contact (workspace_id, id desc);
select earshot.isolate('contact');

create table contact_point (
  workspace_id uuid not null,
  contact_id uuid not null,
  kind text not null,
  value text not null,
  verified boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, contact_id, kind, value),
  foreign key (workspace_id, contact_id) references contact on delete cascade
);
create unique index contact_point_verified on contact_point (workspace_id, kind, value) where verified;
comment on table contact_point is 'How a contact is reached. Verified ones (external id, visitor token, channel handle) name one contact; self-claimed ones do not.';
select earshot.isolate('contact_point');

create table agent (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  company text,
  mode text not null default 'active' check (mode in ('active', 'passive', 'hybrid')),
  languages text[] not null default '{}',
  instructions text not null default '',
  handoff_phrases text[] not null default '{}',
  provider text not null default 'embedded' check (provider in ('embedded', 'openai-compatible', 'anthropic')),
  base_url text,
  model text,
  temperature double precision,
  max_output_tokens int not null default 1000,
  input_price_per_million double precision,
  output_price_per_million double precision,
  key_sealed text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (workspace_id, id)
);
comment on column agent.key_sealed is 'The provider''s key, encrypted with EARSHOT_SECRET; cleared when provider or base_url changes without a new one.';
select earshot.isolate('agent');

create table flow (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  agent_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, agent_id, name),
  foreign key (workspace_id, agent_id) references agent on delete cascade
);
select earshot.isolate('flow');

create table channel (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('widget', 'web', 'whatsapp', 'telegram', 'messenger', 'slack', 'voip', 'crm', 'api')),
  name text not null,
  key text not null unique,
  agent_id uuid,
  burst_ms int not null default 0,
  reopen_window interval default '72 hours',
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agent
);
comment on column channel.reopen_window is 'Inside it a message reopens a closed conversation; null: always; 0: never.';
select earshot.isolate('channel');

create function find_channel(p_key text, out workspace_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.workspace_id, c.id from earshot.channel c where c.key = p_key and c.archived_at is null
$$;
alter function find_channel owner to earshot_log;
revoke all on function find_channel from public;
grant execute on function find_channel to earshot_app;

create table block (
  workspace_id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  reason text,
  expires_at timestamptz,
  by_id uuid,
  by_name text,
  at timestamptz not null default now(),
  primary key (workspace_id, contact_id, channel_id),
  foreign key (workspace_id, contact_id) references contact on delete cascade,
  foreign key (workspace_id, channel_id) references channel on delete cascade
);
select earshot.isolate('block');
