/* Briefs for the person who steps in: one of each conversation, the latest. A new table; nothing else is locked, older nodes do not know it. */
create table brief (
  workspace_id uuid not null,
  conversation_id uuid not null,
  written_for text not null check (written_for in ('handoff', 'take_over', 'request')),
  reason text,
  through_position int not null,
  language text not null,
  content jsonb not null,
  agent_id uuid,
  agent_name text,
  model text,
  tokens_in int not null default 0,
  tokens_out int not null default 0,
  cost_usd numeric(14, 6) not null default 0,
  refine_due timestamptz,
  refine_tries int not null default 0,
  written_at timestamptz not null default now(),
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
comment on column brief.model is 'Null while the embedded analyser''s words stand.';
comment on column brief.refine_due is 'When a model is to be asked: a claim moves it ahead, so that one node asks at a time and another goes on after a crash.';
create index brief_refine_due on brief (refine_due) where refine_due is not null;
select earshot.isolate('brief');

create function claim_due_briefs(p_limit int, p_lease interval, out workspace_id uuid, out conversation_id uuid, out tries int) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.brief b set refine_due = now() + p_lease, refine_tries = b.refine_tries + 1
    from (select d.workspace_id, d.conversation_id from earshot.brief d where d.refine_due <= now()
           order by d.refine_due limit p_limit for update skip locked) due
   where b.workspace_id = due.workspace_id and b.conversation_id = due.conversation_id
  returning b.workspace_id, b.conversation_id, b.refine_tries
$$;
alter function claim_due_briefs owner to earshot_log;
revoke all on function claim_due_briefs from public;
grant execute on function claim_due_briefs to earshot_app;
