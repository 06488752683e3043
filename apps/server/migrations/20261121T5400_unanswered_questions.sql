-- why:   questions that nobody could answer are grouped over time, by whoever noticed them, and followed up to the article that answers them
-- locks: asked_question and review briefly (columns without values)
-- breaks older nodes: their list of unanswered questions shows those that are settled, too

create table unanswered_question (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  question text,
  state text not null default 'open' check (state in ('open', 'drafted', 'answered', 'dismissed')),
  dismissed_for text check (dismissed_for in ('not_a_question', 'not_ours', 'one_off', 'other')),
  settled_at timestamptz,
  settled_by text,
  reopened_at timestamptz,
  article_id uuid,
  replay_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, article_id) references article on delete set null (article_id),
  foreign key (workspace_id, replay_id) references replay on delete set null (replay_id),
  check ((state = 'dismissed') = (dismissed_for is not null))
);
comment on table unanswered_question is 'A question that nobody could answer, with everybody who asked it (asked_question). Of the conversations it holds no word: its words are those it was asked in first, unless a person named it.';
create index unanswered_question_of_article on unanswered_question (workspace_id, article_id);
create index unanswered_question_of_replay on unanswered_question (workspace_id, replay_id);
select earshot.isolate('unanswered_question');

alter table asked_question
  add column unanswered_id uuid,
  add column language text,
  add column found_by text not null default 'answer' check (found_by in ('answer', 'review')),
  add foreign key (workspace_id, unanswered_id) references unanswered_question on delete set null (unanswered_id);
comment on column asked_question.unanswered_id is 'The question it is one asking of; null while it is not grouped yet.';

-- What was drafted or dismissed one by one is settled as a question of its own.
set local role earshot_log;
insert into earshot.unanswered_question (workspace_id, id, state, dismissed_for, settled_at)
  select workspace_id, id, state, case when state = 'dismissed' then 'other' end, now() from earshot.asked_question where state in ('drafted', 'dismissed');
update earshot.asked_question set unanswered_id = id, state = 'open' where state in ('drafted', 'dismissed');
reset role;

alter table asked_question drop constraint asked_question_state_check;
alter table asked_question add constraint asked_question_state_check check (state in ('answered', 'open'));
comment on table asked_question is 'What contacts asked: answered from an article, or open because none answers it. What becomes of an open one is told by its unanswered_question.';
drop index asked_question_open;
create index asked_question_of_unanswered on asked_question (workspace_id, unanswered_id, at) where state = 'open';
create index asked_question_ungrouped on asked_question (workspace_id, id) where state = 'open' and unanswered_id is null;

create table question_move (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  from_id uuid not null,
  to_id uuid not null,
  asking_ids uuid[] not null,
  at timestamptz not null default now(),
  by_name text,
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, from_id) references unanswered_question on delete cascade,
  foreign key (workspace_id, to_id) references unanswered_question on delete cascade
);
comment on table question_move is 'Askings that a person put with another question, so that it can be undone.';
create index question_move_from on question_move (workspace_id, from_id);
create index question_move_to on question_move (workspace_id, to_id);
select earshot.isolate('question_move');

create function find_ungrouped_questions(p_limit int, out workspace_id uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct q.workspace_id from earshot.asked_question q where q.state = 'open' and q.unanswered_id is null limit p_limit
$$;
alter function find_ungrouped_questions owner to earshot_log;
revoke all on function find_ungrouped_questions from public;
grant execute on function find_ungrouped_questions to earshot_app;

create table intent_set (
  workspace_id uuid not null references workspace on delete cascade,
  version int not null,
  intents jsonb not null,
  at timestamptz not null default now(),
  by_name text,
  primary key (workspace_id, version)
);
comment on table intent_set is 'The intents of a workspace with their examples, every save a version: a review names the version it chose from.';
select earshot.isolate('intent_set');

alter table review add column named_intent text;
comment on column review.named_intent is 'Which of the workspace''s own intents the conversation was about.';
create index review_named_intent on review (workspace_id, created_at) where named_intent is not null;
