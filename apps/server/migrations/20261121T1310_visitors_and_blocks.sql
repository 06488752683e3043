-- why:   a visitor's token must find its channel and contact before a workspace is known; blocks with an end must be lifted when it comes
-- locks: short share locks on channel and block while their small indexes are built
-- breaks older nodes: no

create unique index channel_id on channel (id);
create index block_expiry on block (expires_at) where expires_at is not null;

/* A visitor's token names its channel and a secret; the secret's hash, kept as the contact point `visitor`, names the contact, once there is one. */
create function find_visitor(p_channel uuid, p_hash text,
  out workspace_id uuid, out contact_id uuid, out archived boolean, out allowed_origins jsonb)
returns setof record language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.workspace_id, p.contact_id, c.archived_at is not null, coalesce(c.settings -> 'allowedOrigins', '[]'::jsonb)
    from earshot.channel c
    left join earshot.contact_point p on p.workspace_id = c.workspace_id and p.kind = 'visitor' and p.verified
      and p.value = p_channel::text || ':' || p_hash
   where c.id = p_channel
$$;
/* Blocks whose end has come, of all workspaces, for the sweep. */
create function find_expired_blocks(p_limit int, out workspace_id uuid, out contact_id uuid, out channel_id uuid)
returns setof record language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.workspace_id, b.contact_id, b.channel_id from earshot.block b where b.expires_at <= now() order by b.expires_at limit p_limit
$$;
alter function find_visitor owner to earshot_log;
alter function find_expired_blocks owner to earshot_log;
revoke all on function find_visitor, find_expired_blocks from public;
grant execute on function find_visitor, find_expired_blocks to earshot_app;
