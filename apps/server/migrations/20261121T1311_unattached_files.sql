-- why:   uploads that no message ever named are removed after a day
-- locks: a short share lock on file while a small partial index is built
-- breaks older nodes: no

create index file_unattached on file (created_at) where conversation_id is null;

/* Of all workspaces, for the sweep. */
create function find_unattached_files(p_older interval, p_limit int, out workspace_id uuid, out id uuid, out storage_key text)
returns setof record language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.workspace_id, f.id, f.storage_key from earshot.file f
   where f.conversation_id is null and f.created_at < now() - p_older order by f.created_at limit p_limit
$$;
alter function find_unattached_files owner to earshot_log;
revoke all on function find_unattached_files from public;
grant execute on function find_unattached_files to earshot_app;
