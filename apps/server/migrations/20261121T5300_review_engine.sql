-- why:   reviews whose texts a model writes: the workspace's settings, what was spent today, which reviews wait for their model; backfills
-- locks: a short exclusive lock on review (a nullable column); the unique index of automatic reviews is built again, which holds up writes
--        of reviews meanwhile, seconds at a million
-- breaks older nodes: no

create table review_engine (
  workspace_id uuid primary key references workspace on delete cascade,
  engine text not null default 'embedded' check (engine in ('embedded', 'model')),
  provider text not null default 'openai-compatible' check (provider in ('openai-compatible', 'anthropic')),
  base_url text,
  model text,
  key_sealed text,
  input_price_per_million double precision,
  output_price_per_million double precision,
  sample_percent smallint not null default 100 check (sample_percent between 1 and 100),
  delay interval not null default '0',
  channel_ids uuid[] not null default '{}',
  agent_ids uuid[] not null default '{}',
  min_messages int not null default 0,
  only_flagged boolean not null default false,
  budget_tokens int,
  budget_cost_usd double precision
);
comment on table review_engine is 'Which engine reviews a workspace''s conversations, and what a model may cost. No row: the embedded one.';
comment on column review_engine.key_sealed is 'The provider''s key, encrypted with EARSHOT_SECRET; cleared when provider or base_url changes without a new one.';
select earshot.isolate('review_engine');

create table review_spend (
  workspace_id uuid not null references workspace on delete cascade,
  day date not null,
  tokens bigint not null default 0,
  cost_usd double precision not null default 0,
  reviews int not null default 0,
  fallbacks int not null default 0,
  last_error text,
  last_error_at timestamptz,
  primary key (workspace_id, day)
);
comment on table review_spend is 'What models of reviews used on a day of UTC. Counted before it is used, by an estimate, and set right afterwards: a crash counts too much, never too little.';
select earshot.isolate('review_spend');

create table review_refinement (
  workspace_id uuid not null,
  review_id uuid not null,
  due_at timestamptz not null default now(),
  tries int not null default 0,
  primary key (workspace_id, review_id),
  foreign key (workspace_id, review_id) references review on delete cascade
);
comment on table review_refinement is 'Reviews that wait for a model''s words; the embedded ones stand until then. A claim moves due_at ahead: one node asks at a time, and another goes on after a crash.';
create index review_refinement_due on review_refinement (due_at);
select earshot.isolate('review_refinement');

create function claim_due_refinements(p_limit int, p_lease interval, out workspace_id uuid, out review_id uuid, out tries int) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.review_refinement r set due_at = now() + p_lease, tries = r.tries + 1
    from (select d.workspace_id, d.review_id from earshot.review_refinement d where d.due_at <= now()
           order by d.due_at limit p_limit for update skip locked) due
   where r.workspace_id = due.workspace_id and r.review_id = due.review_id
  returning r.workspace_id, r.review_id, r.tries
$$;
alter function claim_due_refinements owner to earshot_log;
revoke all on function claim_due_refinements from public;
grant execute on function claim_due_refinements to earshot_app;

alter table review add column job_id uuid;
comment on column review.job_id is 'The backfill that made it. One review of a conversation a job, however often a step of it runs.';
create unique index review_once_a_job on review (workspace_id, job_id, conversation_id) where job_id is not null;
drop index review_once;
-- One automatic review per quiet period: a second sweep of the same state stores nothing.
create unique index review_once on review (workspace_id, conversation_id, through_position) where reason in ('idle', 'backfill') and job_id is null;
