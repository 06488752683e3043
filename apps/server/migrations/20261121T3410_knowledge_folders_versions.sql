-- why:   articles in folders, every save of one kept, what is asked and which article answered it, and imports before they are started
-- locks: article, for the time of adding two columns and writing one version of each
-- breaks older nodes: no

create table article_folder (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index article_folder_name on article_folder (workspace_id, lower(name));
select earshot.isolate('article_folder');

alter table article add column folder_id uuid, add column version int not null default 1;
alter table article add foreign key (workspace_id, folder_id) references article_folder on delete set null (folder_id);
create index article_of_folder on article (workspace_id, folder_id);

create table article_version (
  workspace_id uuid not null,
  article_id uuid not null,
  version int not null,
  title text not null,
  body text not null,
  language text not null,
  status text not null,
  restores int,
  at timestamptz not null default now(),
  by_name text,
  primary key (workspace_id, article_id, version),
  foreign key (workspace_id, article_id) references article on delete cascade
);
comment on table article_version is 'Every save of an article, the newest being what it is now. Restores: the version it brought back.';
select earshot.isolate('article_version');
insert into article_version (workspace_id, article_id, version, title, body, language, status, at, by_name)
  select workspace_id, id, version, title, body, language, status, updated_at, updated_by from article;

create table asked_question (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  position int not null,
  question text not null,
  article_id uuid,
  state text not null check (state in ('answered', 'open', 'drafted', 'dismissed')),
  at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, article_id) references article on delete cascade
);
comment on table asked_question is 'What contacts asked an agent: answered from an article, or open because no article answers it. Drafted: an article was begun from it.';
create unique index asked_question_once on asked_question (workspace_id, conversation_id, position, coalesce(article_id, '00000000-0000-0000-0000-000000000000'));
create index asked_question_of_article on asked_question (workspace_id, article_id, id desc) where article_id is not null;
create index asked_question_open on asked_question (workspace_id, id desc) where state = 'open';
select earshot.isolate('asked_question');

create table article_import (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  files jsonb not null,
  job_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
comment on table article_import is 'Files that were read, before and while their articles are written. Gone when the job ends; what was never started, after a day.';
select earshot.isolate('article_import');
