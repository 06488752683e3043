-- why:   mail on its way: written in the transaction that asks for it, sent after the commit; alerts tell people too
-- locks: notification, for an instant and a look at its rows
-- breaks older nodes: no; they do not show alerts

create table mail (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  /* The same key is one mail, however often it is asked for. */
  key text not null,
  /* Whom it speaks of: it goes when that conversation goes. */
  conversation_id uuid,
  to_address text not null,
  /* Null once it is over: what was written is not kept. */
  content jsonb,
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  failed_at timestamptz,
  problem text,
  primary key (workspace_id, id),
  unique (workspace_id, key),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
comment on table mail is 'Mail on its way and for a week afterwards, without its words: what was sent, and what could not be and why.';
create index mail_due on mail (due_at) where sent_at is null and failed_at is null;
create index mail_over on mail (created_at) where sent_at is not null or failed_at is not null;
create index mail_of_conversation on mail (workspace_id, conversation_id) where conversation_id is not null;
select earshot.isolate('mail');

/* Takes what is due, across workspaces; a node that dies with some leaves them to be taken again after the lease. */
create function claim_mails(p_limit int, p_lease interval, out workspace_id uuid, out id uuid) returns setof record
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update earshot.mail m set due_at = clock_timestamp() + p_lease, attempts = m.attempts + 1
    from (select d.workspace_id, d.id from earshot.mail d
           where d.sent_at is null and d.failed_at is null and d.due_at <= clock_timestamp()
           order by d.due_at limit p_limit for update skip locked) t
   where m.workspace_id = t.workspace_id and m.id = t.id
  returning m.workspace_id, m.id
$$;
create function prune_mails(p_older interval) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from earshot.mail m where (m.sent_at is not null or m.failed_at is not null) and m.created_at < now() - p_older
$$;
do $$ declare f text; begin
  foreach f in array array['claim_mails', 'prune_mails'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;

/* An alert tells people too, and is about no conversation. */
alter table notification alter column conversation_id drop not null;
alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check
  check (kind in ('handoff', 'offer', 'assigned', 'mention', 'reply', 'sla', 'alert'));
alter table notification add column alert_id uuid;
alter table notification add constraint notification_is_about check ((kind = 'alert') = (conversation_id is null) and (kind = 'alert') = (alert_id is not null));
