-- why:   what an operator has left to do after a call, and what they promised on it (ADR 0045)
-- locks: none
-- breaks older nodes: no

create table call_wrapup (
  workspace_id uuid not null,
  call_id uuid not null,
  member_id uuid not null,
  state text not null check (state in ('saved', 'skipped', 'later')),
  note text not null default '',
  promises jsonb not null default '[]',
  at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, call_id, member_id),
  foreign key (workspace_id, call_id) references call on delete cascade
);
comment on table call_wrapup is 'What somebody made of a call they spoke on; none yet: it is still to be wrapped up.';
select earshot.isolate('call_wrapup');
