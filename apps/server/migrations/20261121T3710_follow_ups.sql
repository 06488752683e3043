-- why:   follow-ups: what an agent writes to contacts who fell silent, who got it, and who does not want it
-- locks: none (new tables)
-- breaks older nodes: no

create table follow_up_plan (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('inactivity', 'lead')),
  name text not null,
  enabled boolean not null default false,
  agent_ids uuid[] not null default '{}',
  channel_ids uuid[] not null default '{}',
  stages text[] not null default '{}',
  steps jsonb not null,
  end_do text not null check (end_do in ('nothing', 'close', 'handoff')),
  end_after int not null check (end_after > 0),
  in_hours boolean not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
comment on table follow_up_plan is 'What is written to a silent contact, after how many minutes of silence each, and what happens then.';
select earshot.isolate('follow_up_plan');

create table follow_up_step (
  workspace_id uuid not null,
  conversation_id uuid not null,
  plan_id uuid not null,
  base int not null,
  step int not null,
  outcome text not null check (outcome in ('sent', 'too_late')),
  position int,
  at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, conversation_id, plan_id, base, step),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, plan_id) references follow_up_plan on delete cascade
);
comment on table follow_up_step is 'Each step that was taken: written in the transaction that says it, so that nothing is ever sent twice.';
comment on column follow_up_step.base is 'How many messages of the contact there were: a new one begins the count anew.';
create index follow_up_step_of_plan on follow_up_step (workspace_id, plan_id, at desc);
select earshot.isolate('follow_up_step');

create table follow_up_opt_out (
  workspace_id uuid not null,
  contact_id uuid not null,
  by_kind text not null,
  by_name text,
  at timestamptz not null default now(),
  primary key (workspace_id, contact_id),
  foreign key (workspace_id, contact_id) references contact on delete cascade
);
comment on table follow_up_opt_out is 'Contacts who want no follow-ups: they said so, or an operator did for them.';
select earshot.isolate('follow_up_opt_out');

create table follow_up_setting (
  workspace_id uuid primary key references workspace on delete cascade,
  resume_after int check (resume_after > 0)
);
comment on table follow_up_setting is 'Minutes of silence of a person after which the agent answers again. No row or null: never.';
select earshot.isolate('follow_up_setting');

/* Workspaces where something may be due: what the sweep looks at. */
create function find_follow_up_workspaces(out workspace_id uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.workspace_id from earshot.follow_up_plan p where p.enabled
  union select s.workspace_id from earshot.follow_up_setting s where s.resume_after is not null
$$;
alter function find_follow_up_workspaces owner to earshot_log;
revoke all on function find_follow_up_workspaces from public;
grant execute on function find_follow_up_workspaces to earshot_app;
