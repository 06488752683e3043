-- why:   the workspace's own rubric and flags as versioned documents; alerts over metrics and flags
-- locks: review_flag and notification for an instant (a column without a value; a key)
-- breaks older nodes: no

create table rubric_version (
  workspace_id uuid not null references workspace on delete cascade,
  version int not null check (version > 1),
  rubric jsonb not null,
  note text not null default '',
  by_name text,
  at timestamptz not null default now(),
  primary key (workspace_id, version)
);
comment on table rubric_version is 'Rubrics that were switched on, never changed; the highest counts. Version 1 is the one Earshot comes with and has no row.';
select earshot.isolate('rubric_version');

create table rubric_draft (
  workspace_id uuid primary key references workspace on delete cascade,
  rubric jsonb not null,
  revision int not null default 1,
  by_name text,
  at timestamptz not null default now()
);
comment on table rubric_draft is 'The rubric that somebody works on; nothing is judged by it.';
select earshot.isolate('rubric_draft');

create table flag_rule (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  about text not null default '',
  severity text not null check (severity in ('info', 'review', 'urgent')),
  rule jsonb not null,
  enabled boolean not null,
  version int not null default 1,
  by_name text,
  at timestamptz not null default now(),
  primary key (workspace_id, id)
);
comment on table flag_rule is 'Flags of the workspace''s own, as they count now.';
create unique index flag_rule_name on flag_rule (workspace_id, lower(name));
select earshot.isolate('flag_rule');

create table flag_rule_version (
  workspace_id uuid not null,
  rule_id uuid not null,
  version int not null,
  name text not null,
  about text not null,
  severity text not null,
  rule jsonb not null,
  by_name text,
  at timestamptz not null default now(),
  primary key (workspace_id, rule_id, version),
  foreign key (workspace_id, rule_id) references flag_rule on delete cascade
);
comment on table flag_rule_version is 'Every version an own flag had, never changed.';
select earshot.isolate('flag_rule_version');

alter table review_flag add column rule_id uuid;
alter table review_flag add column rule_version int;
create index review_flag_by_time on review_flag (workspace_id, created_at);

create table alert (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  watch jsonb not null,
  compare text not null check (compare in ('over', 'under')),
  warn_at float8,
  alert_at float8 not null,
  window_minutes int not null check (window_minutes between 5 and 43200),
  least int not null default 1 check (least >= 1),
  agent_ids uuid[] not null default '{}',
  channel_ids uuid[] not null default '{}',
  tell_app boolean not null default true,
  webhook_url text,
  secret_sealed text,
  enabled boolean not null default true,
  muted boolean not null default false,
  snoozed_until timestamptz,
  state text not null default 'ok' check (state in ('ok', 'warn', 'alert', 'no_data')),
  /* What people were last told: they are told when it differs and nobody wants quiet. */
  told text not null default 'ok' check (told in ('ok', 'warn', 'alert', 'no_data')),
  value float8,
  seen int not null default 0,
  since timestamptz not null default now(),
  looked_at timestamptz,
  due_at timestamptz not null default now(),
  by_name text,
  primary key (workspace_id, id)
);
comment on table alert is 'A metric or a flag that is watched, and where it stands.';
create index alert_due on alert (due_at) where enabled;
select earshot.isolate('alert');

create table alert_change (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  alert_id uuid not null,
  from_state text not null,
  to_state text not null,
  value float8,
  seen int not null,
  says text not null,
  told boolean not null,
  at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, alert_id) references alert on delete cascade
);
comment on table alert_change is 'Each time an alert changed its state, and whether anybody was told.';
create index alert_change_of_alert on alert_change (workspace_id, alert_id, id desc);
select earshot.isolate('alert_change');

create table alert_call (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  alert_id uuid not null,
  url text not null,
  body text not null,
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  failed_at timestamptz,
  problem text,
  primary key (workspace_id, id),
  foreign key (workspace_id, alert_id) references alert on delete cascade
);
comment on table alert_call is 'Calls to the webhooks of alerts: on their way, and what became of them.';
create index alert_call_due on alert_call (due_at) where sent_at is null and failed_at is null;
create index alert_call_of_alert on alert_call (workspace_id, alert_id, id desc);
select earshot.isolate('alert_call');

alter table notification add foreign key (workspace_id, alert_id) references alert on delete cascade;
create index notification_of_alert on notification (workspace_id, alert_id) where alert_id is not null;

/* Takes what is due, across workspaces: each alert is looked at once a minute, by whoever comes first. */
create function claim_alerts(p_limit int, p_every interval, out workspace_id uuid, out id uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.alert a set due_at = clock_timestamp() + p_every
    from (select d.workspace_id, d.id from earshot.alert d where d.enabled and d.due_at <= clock_timestamp()
           order by d.due_at limit p_limit for update skip locked) t
   where a.workspace_id = t.workspace_id and a.id = t.id
  returning a.workspace_id, a.id
$$;
create function claim_alert_calls(p_limit int, p_lease interval, out workspace_id uuid, out id uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.alert_call c set due_at = clock_timestamp() + p_lease, attempts = c.attempts + 1
    from (select d.workspace_id, d.id from earshot.alert_call d
           where d.sent_at is null and d.failed_at is null and d.due_at <= clock_timestamp()
           order by d.due_at limit p_limit for update skip locked) t
   where c.workspace_id = t.workspace_id and c.id = t.id
  returning c.workspace_id, c.id
$$;
create function prune_alerts() returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from earshot.alert_call c where (c.sent_at is not null or c.failed_at is not null) and c.created_at < now() - interval '30 days';
  delete from earshot.alert_change c where c.at < now() - interval '180 days'
$$;
do $$ declare f text; begin
  foreach f in array array['claim_alerts', 'claim_alert_calls', 'prune_alerts'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
