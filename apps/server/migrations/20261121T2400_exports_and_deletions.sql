-- why:   conversations leave in files that expire, and go for good with a tombstone in their place (ADR 0017)
-- locks: one new index on the feed, over handoff requests only
-- breaks older nodes: no

create table export_file (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  job_id uuid,
  format text not null check (format in ('csv', 'jsonl')),
  state text not null default 'writing' check (state in ('writing', 'ready', 'failed', 'cancelled', 'expired', 'withdrawn')),
  name text not null,
  columns text[],
  with_notes boolean not null default false,
  storage_key text,
  rows int not null default 0,
  size bigint,
  by_id uuid,
  by_name text,
  created_at timestamptz not null default now(),
  ready_at timestamptz,
  expires_at timestamptz not null,
  link_hash bytea,
  link_expires_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, job_id) references job on delete set null (job_id)
);
comment on table export_file is 'A file of many conversations: written by a job, removed when it expires, withdrawn when one of its conversations is deleted.';
create index export_file_kept on export_file (expires_at) where storage_key is not null;
create unique index export_file_of_job on export_file (workspace_id, job_id) where job_id is not null;
create unique index export_file_by_link on export_file (link_hash) where link_hash is not null;
select earshot.isolate('export_file');

create table tombstone (
  workspace_id uuid not null references workspace on delete cascade,
  conversation_id uuid not null,
  number bigint not null,
  channel_kind text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  reason text,
  by_kind text not null,
  by_id text,
  by_name text,
  removed jsonb not null default '{}',
  deleted_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  primary key (workspace_id, conversation_id)
);
comment on table tombstone is 'What is left of a deleted conversation: that it was, when, on which channel, who deleted it and why. No word of it.';
create index tombstone_by_age on tombstone (workspace_id, deleted_at desc, conversation_id desc);
select earshot.isolate('tombstone', 'select, insert');

create table deletion (
  workspace_id uuid not null,
  conversation_id uuid not null,
  step text not null default 'files' check (step in ('files', 'exports')),
  storage_keys text[] not null default '{}',
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default now(),
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references tombstone on delete cascade
);
comment on table deletion is 'The manifest of a deletion that is not over: what still lies in the file store after the rows are gone. Survives any crash.';
create index deletion_due on deletion (due_at);
select earshot.isolate('deletion');

/* Of all workspaces, oldest first. */
create function find_due_deletions(p_limit int, out workspace_id uuid, out conversation_id uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select d.workspace_id, d.conversation_id from earshot.deletion d where d.due_at <= clock_timestamp() order by d.due_at limit p_limit
$$;
create function find_due_exports(p_limit int, out workspace_id uuid, out id uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select x.workspace_id, x.id from earshot.export_file x
   where x.storage_key is not null and (x.expires_at <= clock_timestamp() or x.state not in ('writing', 'ready')) order by x.expires_at limit p_limit
$$;
/* A one-time link opens once: whoever has it takes it. */
create function take_export_link(p_hash bytea, out workspace_id uuid, out id uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.export_file x set link_hash = null, link_expires_at = null
   where x.link_hash = p_hash and x.link_expires_at > clock_timestamp() returning x.workspace_id, x.id
$$;
/* Words that facts carried: the reason of a request for a human. The facts themselves are pruned with the feed. */
create index event_of_handoff on event (workspace_id, (payload ->> 'conversationId')) where type = 'handoff.requested';
create function forget_words_of_facts(p_workspace uuid, p_conversation uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.event e set payload = e.payload || '{"reason": ""}'
   where e.workspace_id = p_workspace and p_workspace = current_setting('earshot.workspace_id')::uuid
     and e.payload ->> 'conversationId' = p_conversation::text and e.type = 'handoff.requested'
$$;
do $$ declare f text; begin
  foreach f in array array['find_due_deletions', 'find_due_exports', 'take_export_link', 'forget_words_of_facts'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
