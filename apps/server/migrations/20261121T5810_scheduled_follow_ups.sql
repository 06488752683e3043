-- why:   agents may promise to write again: one message per conversation, at a time, unless something comes in between
-- locks: nothing
-- breaks older nodes: no; they do not send what is scheduled

create table scheduled_follow_up (
  workspace_id uuid not null,
  conversation_id uuid not null,
  id uuid not null default uuidv7(),
  agent_id uuid not null,
  text text not null check (length(text) <= 2000),
  /* How many messages of the contact there were: with another one it is not sent. */
  base int not null,
  due_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
comment on table scheduled_follow_up is 'What an agent will write later. The row goes in the transaction that says it, so it is said once, or when it is cancelled.';
create index scheduled_follow_up_due on scheduled_follow_up (workspace_id, due_at);
select earshot.isolate('scheduled_follow_up');

create or replace function find_follow_up_workspaces(out workspace_id uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.workspace_id from earshot.follow_up_plan p where p.enabled
  union select s.workspace_id from earshot.follow_up_setting s where s.resume_after is not null
  union select f.workspace_id from earshot.scheduled_follow_up f
$$;
alter function find_follow_up_workspaces owner to earshot_log;
revoke all on function find_follow_up_workspaces from public;
grant execute on function find_follow_up_workspaces to earshot_app;
