-- why:   visits of the website, what happened in them, and the trigger rules that the tracker evaluates
-- locks: none (new tables; a share lock on conversation, contact and channel while the foreign keys are made)
-- breaks older nodes: no

create table visit (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  visitor bytea not null,
  contact_id uuid,
  number int not null,
  started_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  landing_url text not null,
  referrer_host text,
  utm_source text,
  utm_medium text,
  utm_campaign text,
  utm_term text,
  utm_content text,
  device text not null,
  browser text,
  os text,
  country text,
  city text,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel on delete cascade,
  foreign key (workspace_id, contact_id) references contact on delete cascade
);
create index visit_of_visitor on visit (workspace_id, visitor, last_at desc);
create index visit_of_contact on visit (workspace_id, contact_id, started_at desc) where contact_id is not null;
create index visit_of_channel on visit (workspace_id, channel_id);
comment on table visit is 'A tracked browser session. visitor is the hash of a random key that the browser keeps; no address of the network is stored.';
select earshot.isolate('visit');

create table page_view (
  workspace_id uuid not null,
  id uuid not null,
  visit_id uuid not null,
  url text not null,
  title text not null,
  at timestamptz not null,
  visible_ms int not null,
  scroll smallint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, visit_id) references visit on delete cascade
);
create index page_view_of_visit on page_view (workspace_id, visit_id, at);
select earshot.isolate('page_view');

create table visit_event (
  workspace_id uuid not null,
  id uuid not null,
  visit_id uuid not null,
  kind text not null check (kind in ('click', 'form', 'custom')),
  name text not null,
  url text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, visit_id) references visit on delete cascade
);
create index visit_event_of_visit on visit_event (workspace_id, visit_id, at);
select earshot.isolate('visit_event');

create table trigger_rule (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  version int not null default 1,
  name text not null,
  enabled boolean not null,
  rule jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
select earshot.isolate('trigger_rule');

create table trigger_firing (
  workspace_id uuid not null,
  id uuid not null,
  visit_id uuid not null,
  rule_id uuid not null,
  version int not null,
  name text not null,
  action text not null,
  outcome text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, visit_id) references visit on delete cascade
);
create index trigger_firing_of_visit on trigger_firing (workspace_id, visit_id, at);
create index trigger_firing_of_rule on trigger_firing (workspace_id, rule_id, at);
comment on column trigger_firing.rule_id is 'No foreign key: a rule may go, what it recorded stays under the name it had.';
select earshot.isolate('trigger_firing');

create table visit_conversation (
  workspace_id uuid not null,
  conversation_id uuid not null,
  visit_id uuid not null,
  linked_at timestamptz not null default now(),
  primary key (workspace_id, conversation_id, visit_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, visit_id) references visit on delete cascade
);
create index visit_conversation_of_visit on visit_conversation (workspace_id, visit_id);
select earshot.isolate('visit_conversation');

/* Whoever deletes a conversation deletes its visits as well, unless another conversation belongs to them too. */
create function forget_visit() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from earshot.visit v
   where v.workspace_id = old.workspace_id and v.id = old.visit_id and not exists (
     select from earshot.visit_conversation c where c.workspace_id = v.workspace_id and c.visit_id = v.id);
  return null;
end $$;
alter function forget_visit owner to earshot_log;
revoke all on function forget_visit from public;
create trigger forget_visit after delete on visit_conversation for each row execute function forget_visit();
