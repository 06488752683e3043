-- why:   people are asked into a workspace by a link that works once
-- locks: nothing
-- breaks older nodes: no

create table invitation (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  email text not null,
  role text not null check (role in ('viewer', 'operator', 'supervisor', 'admin', 'owner')),
  /* Of the token in the link: who reads the table cannot accept. */
  hash bytea not null,
  invited_by text,
  mailed boolean not null default false,
  created_at timestamptz not null default now(),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
comment on table invitation is 'A person asked into the workspace: by whom, as what, until when. The link itself is kept nowhere.';
create unique index invitation_by_hash on invitation (hash);
create unique index invitation_once on invitation (workspace_id, lower(email)) where accepted_at is null and revoked_at is null;
select earshot.isolate('invitation');

/* Which workspace a link leads to: whoever holds it belongs to none yet. */
create function find_invitation(p_hash bytea, out workspace_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.workspace_id, i.id from earshot.invitation i
   where i.hash = p_hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > clock_timestamp()
$$;
do $$ begin
  alter function earshot.find_invitation owner to earshot_log;
  revoke all on function earshot.find_invitation from public;
  grant execute on function earshot.find_invitation to earshot_app;
end $$;
