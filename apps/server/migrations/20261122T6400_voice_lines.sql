-- why:   calls need lines to come in and go out by, a workspace's rules for them, and people to transfer to
-- locks: member for an instant (a column without a value)
-- breaks older nodes: no

create table voice_line (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('twilio', 'sip')),
  name text not null,
  number text check (number ~ '^\+[1-9][0-9]{6,14}$'),
  channel_id uuid not null,
  account_sid text,
  trunk jsonb,
  /* The auth token of Twilio, or the password of a trunk. */
  secret_sealed text,
  announce boolean not null default true,
  detect_machine boolean not null default false,
  enabled boolean not null default true,
  tested_at timestamptz,
  test jsonb,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  by_name text,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel,
  check (case kind when 'twilio' then account_sid is not null and number is not null and trunk is null
                   else trunk is not null and account_sid is null end)
);
comment on table voice_line is 'A telephone number at a carrier, or a SIP trunk: how calls come in and go out. Its channel says which agent answers.';
create unique index voice_line_id on voice_line (id);
create unique index voice_line_number on voice_line (workspace_id, number) where number is not null and archived_at is null;
create index voice_line_of_channel on voice_line (workspace_id, channel_id);
select earshot.isolate('voice_line');

/* Webhooks and the SIP edge name a line, and no workspace. */
create function find_voice_line(p_id uuid, out workspace_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.workspace_id, l.id from earshot.voice_line l where l.id = p_id
$$;
alter function find_voice_line owner to earshot_log;
revoke all on function find_voice_line from public;
grant execute on function find_voice_line to earshot_app;

/* The edge serves the trunks of all workspaces. */
create function list_voice_trunks(out workspace_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.workspace_id, l.id from earshot.voice_line l
   where l.kind = 'sip' and l.enabled and l.archived_at is null order by l.id
$$;
alter function list_voice_trunks owner to earshot_log;
revoke all on function list_voice_trunks from public;
grant execute on function list_voice_trunks to earshot_app;

create table voice_settings (
  workspace_id uuid primary key references workspace on delete cascade,
  record boolean not null,
  announcement text not null,
  listening_notice text not null,
  /* ISO 3166 codes; none: the countries of the workspace's own numbers. */
  countries text[] not null,
  transfers_per_day int not null check (transfers_per_day between 0 and 10000),
  queue_after_seconds int not null check (queue_after_seconds between 10 and 3600),
  queue_then text not null check (queue_then in ('agent', 'voicemail', 'callback')),
  max_minutes int not null check (max_minutes between 1 and 720),
  recording_days int check (recording_days between 1 and 3650),
  by_name text,
  at timestamptz not null default now()
);
comment on table voice_settings is 'A workspace''s rules for calls; one without a row has the defaults of apps/server/src/calls/lines.';
select earshot.isolate('voice_settings');

create table voice_contact (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  about text not null default '',
  /* E.164, or sip:user@host. */
  address text not null,
  line_id uuid,
  created_at timestamptz not null default now(),
  by_name text,
  primary key (workspace_id, id),
  foreign key (workspace_id, line_id) references voice_line
);
comment on table voice_contact is 'People and departments that calls may be transferred to, whatever the allowed countries.';
create unique index voice_contact_name on voice_contact (workspace_id, lower(name));
create index voice_contact_of_line on voice_contact (workspace_id, line_id) where line_id is not null;
select earshot.isolate('voice_contact');

create table voice_transfer (
  workspace_id uuid not null references workspace on delete cascade,
  id uuid not null default uuidv7(),
  country text,
  by_id uuid,
  at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id)
);
comment on table voice_transfer is 'Transfers of the last two days, counted against the day''s cap; no number stands here.';
create index voice_transfer_by_time on voice_transfer (workspace_id, at);
select earshot.isolate('voice_transfer');

alter table member add column phone text check (phone ~ '^\+[1-9][0-9]{6,14}$');
comment on column member.phone is 'The member''s own telephone, rung when a call is answered there instead of in the browser.';
