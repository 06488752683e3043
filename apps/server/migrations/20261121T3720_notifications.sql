-- why:   notifications: what a person should know, how each likes to be told, browsers to push to, pushes on their way
-- locks: none (new tables)
-- breaks older nodes: no

create table notification (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  member_id uuid not null,
  kind text not null check (kind in ('handoff', 'offer', 'assigned', 'mention', 'reply', 'sla')),
  conversation_id uuid not null,
  position int,
  by_name text,
  reason text,
  /* The fact it tells: a follower that meets it again tells nobody twice. */
  fact text not null,
  at timestamptz not null default now(),
  read_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  unique (workspace_id, member_id, fact)
);
comment on table notification is 'What a person should know. Holds no words of contacts: they are read from the log when it is shown.';
create index notification_of_member on notification (workspace_id, member_id, id desc);
create index notification_unread on notification (workspace_id, member_id) where read_at is null;
create index notification_of_conversation on notification (workspace_id, conversation_id) where read_at is null;
create index notification_old on notification (at);
select earshot.isolate('notification');

create table notification_choice (
  workspace_id uuid not null,
  member_id uuid not null,
  choices jsonb not null,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
comment on table notification_choice is 'How a person likes to be told, as the contract NotificationChoices. No row: as delivered.';
select earshot.isolate('notification_choice');

create table push_browser (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  member_id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  unique (workspace_id, endpoint)
);
comment on table push_browser is 'Browsers that asked to be told while closed. A push service that says the browser is gone removes its row.';
create index push_browser_of_member on push_browser (workspace_id, member_id);
select earshot.isolate('push_browser');

create table push (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  browser_id uuid not null,
  notification_id uuid not null,
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, browser_id) references push_browser on delete cascade,
  foreign key (workspace_id, notification_id) references notification on delete cascade
);
comment on table push is 'Pushes on their way: taken with a lease, deleted when the push service has them.';
create index push_due on push (due_at);
create index push_of_browser on push (workspace_id, browser_id);
create index push_of_notification on push (workspace_id, notification_id);
select earshot.isolate('push');

/* Takes what is due, across workspaces; a node that dies with some leaves them to be taken again after the lease. */
create function claim_pushes(p_limit int, p_lease interval, out workspace_id uuid, out id uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.push p set due_at = clock_timestamp() + p_lease, attempts = p.attempts + 1
    from (select d.workspace_id, d.id from earshot.push d where d.due_at <= clock_timestamp() order by d.due_at limit p_limit for update skip locked) t
   where p.workspace_id = t.workspace_id and p.id = t.id
  returning p.workspace_id, p.id
$$;
create function prune_notifications(p_older interval) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from earshot.notification n where n.at < now() - p_older
$$;
do $$ declare f text; begin
  foreach f in array array['claim_pushes', 'prune_notifications'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
