-- why:   canned replies, macros, and what a macro did, so that it is undone as one
-- locks: none (new tables)
-- breaks older nodes: no

create table canned_reply (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  owner_id uuid not null,
  shared boolean not null default false,
  shortcut text not null,
  title text not null,
  body text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references member on delete cascade
);
comment on table canned_reply is 'Texts that operators answer with, found by typing a slash. A shortcut is one person''s, or all people''s.';
create unique index canned_reply_shared on canned_reply (workspace_id, lower(shortcut)) where shared;
create unique index canned_reply_own on canned_reply (workspace_id, owner_id, lower(shortcut)) where not shared;
select earshot.isolate('canned_reply');

create table macro (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  owner_id uuid not null,
  shared boolean not null default false,
  name text not null,
  digit smallint check (digit between 1 and 9),
  steps jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references member on delete cascade
);
comment on table macro is 'Several actions run by one command: an answer, a note, and changes of the conversation.';
create unique index macro_shared on macro (workspace_id, digit) where shared;
create unique index macro_own on macro (workspace_id, owner_id, digit) where not shared;
select earshot.isolate('macro');

create table macro_run (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  client_key text not null,
  macro_name text not null,
  member_id uuid not null,
  position int,
  change_ids uuid[] not null,
  at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade,
  unique (workspace_id, conversation_id, client_key)
);
comment on table macro_run is 'What a macro changed, for undoing it as one, and for answering a repeat with the first result.';
create index macro_run_of_member on macro_run (workspace_id, member_id);
select earshot.isolate('macro_run');
