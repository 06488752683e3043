-- why:   roles, the tenant wall every later table stands behind, workspaces, members, API keys, stages, audit (ADR 0008)
-- locks: none (new tables)
-- breaks older nodes: no

-- earshot_app is what the service acts as (SET ROLE on each connection): row level security binds it to one workspace per
-- transaction. earshot_log owns the few narrow functions that serve several workspaces at once; it passes the walls by a policy of
-- its own instead of BYPASSRLS, which managed servers do not hand out.
do $$ begin
  if not exists (select from pg_roles where rolname = 'earshot_app') then create role earshot_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'earshot_log') then create role earshot_log nologin; end if;
  if not pg_has_role(current_user, 'earshot_app', 'set') then execute format('grant earshot_app to %I', current_user); end if;
  if not pg_has_role(current_user, 'earshot_log', 'set') then execute format('grant earshot_log to %I', current_user); end if;
exception when duplicate_object or unique_violation then null;
end $$;
grant usage on schema earshot to earshot_app, earshot_log;
-- Functions are handed to earshot_log (alter function … owner to), which needs create on the schema at that moment.
grant create on schema earshot to earshot_log;

/* Puts a table behind the wall: the service sees the workspace of its transaction only, the narrow functions see all. */
create function earshot.isolate(p_table regclass, p_app text default 'select, insert, update, delete') returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy workspace on %s to earshot_app using (workspace_id = (select current_setting(''earshot.workspace_id''))::uuid)', p_table);
  execute format('create policy log on %s to earshot_log using (true) with check (true)', p_table);
  execute format('grant %s on %s to earshot_app', p_app, p_table);
  execute format('grant select, insert, update, delete on %s to earshot_log', p_table);
end $$;

create table workspace (
  workspace_id uuid primary key default uuidv7(),
  name text not null,
  review_after interval not null default '10 minutes',
  default_view text not null default 'everything' check (default_view in ('everything', 'reviewed')),
  next_number bigint not null default 1,
  created_at timestamptz not null default now()
);
comment on table workspace is 'One company''s isolated data. Its key is called workspace_id here too, so that every table leads with the same column.';
select earshot.isolate('workspace');

create table member (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  user_id text not null,
  name text not null,
  email text not null,
  role text not null check (role in ('viewer', 'operator', 'supervisor', 'admin', 'owner')),
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (workspace_id, id)
);
create unique index member_once on member (workspace_id, user_id) where removed_at is null;
create index member_by_user on member (user_id) where removed_at is null;
comment on table member is 'A person in a workspace: the operator of the model. user_id names the account in the auth schema.';
select earshot.isolate('member');

create table api_key (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  start text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, created_by) references member
);
select earshot.isolate('api_key');

create table stage (
  workspace_id uuid not null references workspace on delete cascade,
  key text not null,
  name text not null,
  category text not null check (category in ('open', 'waiting', 'won', 'lost', 'ignored')),
  position int not null,
  primary key (workspace_id, key)
);
select earshot.isolate('stage');

create table audit_row (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  at timestamptz not null default now(),
  actor_kind text not null,
  actor_id text,
  actor_name text,
  action text not null,
  subject text,
  details jsonb not null default '{}',
  primary key (workspace_id, id)
);
select earshot.isolate('audit_row', 'select, insert');

create table stored_reply (
  workspace_id uuid not null references workspace on delete cascade,
  actor text not null,
  key text not null,
  request_hash text not null,
  status int,
  reply jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, actor, key)
);
comment on table stored_reply is 'What the first request with an Idempotency-Key was answered; status is null while it runs.';
select earshot.isolate('stored_reply');

-- Doors that must find the workspace before they are inside one. Each returns the least that is needed.
create function find_memberships(p_user text, out workspace_id uuid, out member_id uuid, out role text, out name text, out email text, out workspace_name text)
returns setof record language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.workspace_id, m.id, m.role, m.name, m.email, w.name
    from earshot.member m join earshot.workspace w on w.workspace_id = m.workspace_id
   where m.user_id = p_user and m.removed_at is null order by m.created_at
$$;
create function find_api_key(p_hash bytea, out workspace_id uuid, out id uuid, out name text, out scopes text[])
returns setof record language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.workspace_id, k.id, k.name, k.scopes from earshot.api_key k
   where k.hash = p_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
$$;
create function has_workspaces() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select exists (select from earshot.workspace) $$;
create function list_workspaces(out workspace_id uuid, out name text) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select w.workspace_id, w.name from earshot.workspace w order by w.created_at $$;
alter function find_memberships owner to earshot_log;
alter function find_api_key owner to earshot_log;
alter function has_workspaces owner to earshot_log;
alter function list_workspaces owner to earshot_log;
revoke all on function find_memberships, find_api_key, has_workspaces, list_workspaces from public;
grant execute on function find_memberships, find_api_key, has_workspaces, list_workspaces to earshot_app;
