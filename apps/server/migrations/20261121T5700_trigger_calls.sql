-- why:   a trigger rule can call a webhook when it fires: what signs those calls, and the calls that are due
-- locks: none (new tables; a share lock on trigger_rule and trigger_firing while the foreign keys are made)
-- breaks older nodes: no; they do not make calls

create table trigger_signing (
  workspace_id uuid not null,
  rule_id uuid not null,
  secret_sealed text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, rule_id),
  foreign key (workspace_id, rule_id) references trigger_rule on delete cascade
);
comment on table trigger_signing is 'What the calls of a trigger rule are signed with, encrypted with EARSHOT_SECRET.';
select earshot.isolate('trigger_signing');

create table trigger_call (
  workspace_id uuid not null,
  firing_id uuid not null,
  outcome text not null,
  rule_id uuid not null,
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  failed_at timestamptz,
  problem text,
  primary key (workspace_id, firing_id, outcome),
  foreign key (workspace_id, firing_id) references trigger_firing on delete cascade,
  foreign key (workspace_id, rule_id) references trigger_rule on delete cascade
);
comment on table trigger_call is 'Calls of webhooks by trigger rules: one for each thing that became of a firing. What is told is read when it is sent.';
create index trigger_call_due on trigger_call (due_at) where sent_at is null and failed_at is null;
create index trigger_call_of_rule on trigger_call (workspace_id, rule_id, created_at);
select earshot.isolate('trigger_call');

/* Takes what is due, across workspaces; a node that dies with some leaves them to be taken again after the lease. */
create function claim_trigger_calls(p_limit int, p_lease interval,
  out workspace_id uuid, out firing_id uuid, out outcome text) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.trigger_call c set due_at = clock_timestamp() + p_lease, attempts = c.attempts + 1
    from (select d.workspace_id, d.firing_id, d.outcome from earshot.trigger_call d
           where d.sent_at is null and d.failed_at is null and d.due_at <= clock_timestamp()
           order by d.due_at limit p_limit for update skip locked) t
   where c.workspace_id = t.workspace_id and c.firing_id = t.firing_id and c.outcome = t.outcome
  returning c.workspace_id, c.firing_id, c.outcome
$$;
alter function claim_trigger_calls owner to earshot_log;
revoke all on function claim_trigger_calls from public;
grant execute on function claim_trigger_calls to earshot_app;
