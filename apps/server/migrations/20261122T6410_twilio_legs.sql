-- why:   Twilio is asked by REST to call somebody; its name for that call has to be known to end it
-- locks: nothing
-- breaks older nodes: no

create table twilio_leg (
  workspace_id uuid not null,
  call_id uuid not null,
  leg_id uuid not null,
  line_id uuid not null,
  sid text,
  cancelled boolean not null default false,
  asked_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, call_id, leg_id),
  foreign key (workspace_id, call_id) references call on delete cascade
);
comment on table twilio_leg is 'Who Twilio was asked to call. Written before it is asked: whoever finds a row without a SID does not dial a second time.';
select earshot.isolate('twilio_leg');
