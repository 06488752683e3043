/* Where a running conversation stands, read again with each message: one of each conversation. A new table; nothing else is locked, older nodes do not know it. */
create table so_far (
  workspace_id uuid not null,
  conversation_id uuid not null,
  log int not null,
  reading jsonb not null,
  read_at timestamptz not null default now(),
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
comment on column so_far.log is 'The log it was read from: after a merge or split it says nothing any more.';
select earshot.isolate('so_far');
