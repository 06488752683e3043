-- why:   work on many conversations at once, exports and deletions: durable, resumed after a crash, cancelled between steps
-- locks: none (new tables)
-- breaks older nodes: no

create table job (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null,
  params jsonb not null default '{}',
  about jsonb not null default '{}',
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress jsonb not null default '{}',
  done int not null default 0,
  total int,
  result jsonb not null default '{}',
  error text,
  attempts int not null default 0,
  cancel_asked boolean not null default false,
  created_by jsonb not null,
  undoes uuid,
  undone_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  due_at timestamptz not null default now(),
  lease uuid,
  lease_until timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, undoes) references job on delete set null (undoes),
  foreign key (workspace_id, undone_by) references job on delete set null (undone_by)
);
comment on table job is 'Work in steps. progress is where the next step begins; a step stores it in the transaction of its effects, under its lease.';
create index job_due on job (due_at) where state in ('queued', 'running');
create index job_undoes on job (workspace_id, undoes) where undoes is not null;
create index job_undone_by on job (workspace_id, undone_by) where undone_by is not null;
select earshot.isolate('job');

/* Takes due jobs of all workspaces for one node: new ones, and those whose node is gone. Only of kinds that this node knows. */
create function claim_jobs(p_kinds text[], p_limit int, p_lease interval, out workspace_id uuid, out id uuid, out lease uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with due as (
    select j.workspace_id, j.id from earshot.job j
     where j.state in ('queued', 'running') and j.kind = any (p_kinds) and j.due_at <= clock_timestamp()
       and (j.lease_until is null or j.lease_until < clock_timestamp())
     order by j.due_at limit p_limit for update skip locked
  )
  update earshot.job j set state = 'running', lease = uuidv7(), lease_until = clock_timestamp() + p_lease,
         attempts = j.attempts + 1, started_at = coalesce(j.started_at, clock_timestamp())
    from due where j.workspace_id = due.workspace_id and j.id = due.id
  returning j.workspace_id, j.id, j.lease
$$;
alter function claim_jobs owner to earshot_log;
revoke all on function claim_jobs from public;
grant execute on function claim_jobs to earshot_app;

/* Of all workspaces: what is over for longer than that. Files of an export are removed by their own rule. */
create function prune_jobs(p_older interval) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_gone bigint; begin
  delete from earshot.job j where j.finished_at < now() - p_older;
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
alter function prune_jobs owner to earshot_log;
revoke all on function prune_jobs from public;
grant execute on function prune_jobs to earshot_app;
