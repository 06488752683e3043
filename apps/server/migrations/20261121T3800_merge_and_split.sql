-- why:   conversations of one contact are merged and split, and put back within 30 days exactly as they were (ADR 0030)
-- locks: conversation briefly (a column with a constant default)
-- breaks older nodes: no

alter table conversation add column log int not null default 1;
comment on column conversation.log is 'Raised when a merge or a split gives the entries other positions: who holds some of them reads them anew.';

create table conversation_merge (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('merge', 'split')),
  conversation_id uuid not null,
  other_id uuid not null,
  other_number bigint not null,
  placed int[] not null default '{}',
  keys jsonb not null default '{}',
  head int not null default 0,
  other_said int not null default 0,
  last_position int not null default 0,
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  by_kind text not null,
  by_id text,
  by_name text,
  at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
comment on table conversation_merge is 'What a merge or split did to the log of conversation_id, so that its undo restores exactly that. Pruned after 30 days.';
comment on column conversation_merge.placed is 'Where the entries of the other log went, in the order they had there.';
comment on column conversation_merge.keys is 'Keys that were renamed on the way, by the position in the other log: both logs had them, or they mean something under its external id only.';
create index conversation_merge_of_conversation on conversation_merge (workspace_id, conversation_id, id desc);
create index conversation_merge_old on conversation_merge (at);
select earshot.isolate('conversation_merge');

create table conversation_stash (
  workspace_id uuid not null,
  merge_id uuid not null,
  seq bigint not null generated always as identity,
  what text not null check (what in ('row', 'pointer', 'visit', 'image')),
  of_table text not null,
  of_column text,
  content jsonb not null,
  primary key (workspace_id, merge_id, seq),
  foreign key (workspace_id, merge_id) references conversation_merge on delete cascade
);
comment on table conversation_stash is 'Rows that hung on a conversation that was merged away; what pointed at it and points at the survivor now; what the survivor''s reviews quoted.';
select earshot.isolate('conversation_stash');

create table merged_conversation (
  workspace_id uuid not null,
  id uuid not null,
  root_id uuid not null,
  into_id uuid not null,
  number bigint not null,
  external_id text,
  key_prefix text not null default '',
  channel_kind text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, root_id) references conversation on delete cascade
);
comment on table merged_conversation is 'Where a conversation went that is part of another now: into_id at the time, root_id in the end. Old links and external ids are followed by it.';
create index merged_conversation_of_root on merged_conversation (workspace_id, root_id);
create unique index merged_conversation_external on merged_conversation (workspace_id, external_id) where external_id is not null;
select earshot.isolate('merged_conversation');

-- ── The log ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
/*
 * Moves the entries of one log into another, by time; each log keeps its own order, and the first p_head of the receiving one stay in
 * front. Keys that both have are renamed, or all of those that come (p_rename). The caller holds both conversations.
 */
create function weave_entries(p_workspace uuid, p_into uuid, p_from uuid, p_head int, p_rename boolean, out placed int[], out keys jsonb) returns record
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_own int[]; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  perform earshot.close_gaps(p_workspace, p_into);
  perform earshot.close_gaps(p_workspace, p_from);
  select coalesce(jsonb_object_agg(e.position, e.client_key), '{}') into keys
    from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id = p_from and e.client_key is not null
     and (p_rename or exists (select from earshot.entry x where x.workspace_id = p_workspace and x.conversation_id = p_into and x.client_key = e.client_key));
  select coalesce(array_agg(o.place order by o.position) filter (where o.own), '{}'), coalesce(array_agg(o.place order by o.position) filter (where not o.own), '{}')
    into v_own, placed
    from (select x.own, x.position, (row_number() over (order by not (x.own and x.position <= p_head), x.said, not x.own, x.position))::int as place
            from (select e.conversation_id = p_into as own, e.position::int as position, max(e.at) over (partition by e.conversation_id order by e.position) as said
                    from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id in (p_into, p_from)) x) o;
  perform earshot.renumber_entries(p_workspace, p_into, v_own);
  update earshot.entry e set conversation_id = p_into, position = n.place,
         client_key = case when weave_entries.keys ? e.position::text then p_from || '/' || e.client_key else e.client_key end
    from unnest(placed) with ordinality as n (place, position)
   where e.workspace_id = p_workspace and e.conversation_id = p_from and e.position = n.position;
end $$;
/* Gives the entries of a log the positions of the list, in their order; in two steps, as no two may share one at any moment. */
create function renumber_entries(p_workspace uuid, p_conversation uuid, p_places int[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update earshot.entry e set position = n.place + 1000000000
    from (select x.position, p_places[row_number() over (order by x.position)] as place from earshot.entry x
           where x.workspace_id = p_workspace and x.conversation_id = p_conversation) n
   where e.workspace_id = p_workspace and e.conversation_id = p_conversation and e.position = n.position and n.place <> n.position;
  update earshot.entry e set position = e.position - 1000000000
   where e.workspace_id = p_workspace and e.conversation_id = p_conversation and e.position > 1000000000;
end $$;
/* Takes woven entries out again and closes the gaps. */
create function unweave_entries(p_workspace uuid, p_from uuid, p_back uuid, p_placed int[], p_keys jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  update earshot.entry e set conversation_id = p_back, position = n.position, client_key = coalesce(p_keys ->> n.position::text, e.client_key)
    from unnest(p_placed) with ordinality as n (place, position)
   where e.workspace_id = p_workspace and e.conversation_id = p_from and e.position = n.place;
  perform earshot.close_gaps(p_workspace, p_from);
end $$;
create function close_gaps(p_workspace uuid, p_conversation uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform earshot.renumber_entries(p_workspace, p_conversation, array(
    select generate_series(1, (select count(*)::int from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id = p_conversation))));
end $$;
/* The later part of a log becomes the log of another conversation. Its files go along. */
create function split_entries(p_workspace uuid, p_from uuid, p_into uuid, p_position int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_moved int; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  update earshot.entry e set conversation_id = p_into, position = e.position - p_position + 1
   where e.workspace_id = p_workspace and e.conversation_id = p_from and e.position >= p_position;
  get diagnostics v_moved = row_count;
  update earshot.file f set conversation_id = p_into
   where f.workspace_id = p_workspace and f.conversation_id = p_from and f.id in (
     select (a ->> 'id')::uuid from earshot.entry e, jsonb_array_elements(e.data -> 'attachments') a
      where e.workspace_id = p_workspace and e.conversation_id = p_into and e.data ? 'attachments');
  insert into earshot.visit_conversation (workspace_id, conversation_id, visit_id, linked_at)
    select v.workspace_id, p_into, v.visit_id, v.linked_at from earshot.visit_conversation v
     where v.workspace_id = p_workspace and v.conversation_id = p_from;
  return v_moved;
end $$;
/* What a merge or split wrote itself about itself. */
create function drop_entries(p_workspace uuid, p_conversation uuid, p_positions int[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  delete from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id = p_conversation
     and e.position = any (p_positions) and e.kind = 'activity';
end $$;
/* What the conversation's row says of its log, counted anew, by the rules of append_entries. */
create function recount_log(p_workspace uuid, p_conversation uuid, p_read int) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with e as materialized (
    select x.position::int as position, x.kind::text as kind, x.author_kind::text as author, x.text, x.data, x.at from earshot.entry x
     where x.workspace_id = p_workspace and x.conversation_id = p_conversation and p_workspace = current_setting('earshot.workspace_id')::uuid
  ), said as (select * from e where kind = 'message'
  ), s as (
    select (select coalesce(max(position), 0) from e) as last, count(*)::int as messages,
           count(*) filter (where author = 'contact')::int as contact, count(*) filter (where author = 'agent')::int as agent,
           count(*) filter (where author = 'operator')::int as operator, count(*) filter (where author = 'contact' and position > p_read)::int as unread,
           max(at) as last_at, max(at) filter (where author = 'contact') as last_contact_at,
           (select l.text from said l order by l.position desc limit 1) as preview, (select l.author from said l order by l.position desc limit 1) as preview_author,
           min(at) filter (where author = 'contact' and position > coalesce((select max(a.position) from said a where a.author in ('agent', 'operator')), 0)) as unanswered_at
      from said
  ), g as (
    select 1 + count(*)::int as segment, coalesce(max(x.position), 1) as segment_position
      from (select position, at - lag(at) over (order by position) > '24 hours' as fresh from said) x where x.fresh
  )
  update earshot.conversation c set
    last_position = s.last, message_count = s.messages, contact_messages = s.contact, agent_messages = s.agent, operator_messages = s.operator,
    read_position = least(p_read, s.last), unread = s.unread, has_unread = s.unread > 0,
    preview = left(coalesce(s.preview, ''), 120), preview_author = coalesce(s.preview_author, ''),
    last_message_at = coalesce(s.last_at, c.started_at), activity_min = date_bin('10 minutes', coalesce(s.last_at, c.started_at), '2000-01-01'),
    last_contact_at = s.last_contact_at, first_unanswered_at = s.unanswered_at,
    functions = array(select distinct e.data #>> '{functionCall,name}' from e where e.kind = 'function_call' and e.data #>> '{functionCall,name}' is not null order by 1),
    has_audio = exists (select from e where e.data @? '$.attachments[*] ? (@.mediaType starts with "audio/")'),
    segment = g.segment, segment_position = g.segment_position, review_due = 'live', needs_index = true, log = c.log + 1
    from s, g where c.workspace_id = p_workspace and c.id = p_conversation
$$;

-- ── All that hangs on a conversation, whichever table it is in ─────────────────────────────────────────────────────────────────
/*
 * Keeps every row that goes with the conversation by cascade, points the rest at the survivor, and deletes it. Read from the catalog, so
 * that a table made later comes along by itself. Left out is what makes itself again: agent turns and the index of the search.
 */
create function stash_conversation(p_workspace uuid, p_merge uuid, p_away uuid, p_into uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  c record; v_i int := 1; v_key text; v_join text;
  v_again constant regclass[] := array['earshot.agent_turn', 'earshot.search_document', 'earshot.search_keys', 'earshot.merged_conversation', 'earshot.audio_fetch']::regclass[];
  v_tables regclass[] := array['earshot.conversation'::regclass];
  v_conditions text[] := array['t1.workspace_id = $1 and t1.id = $2'];
begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  for c in select f.conrelid::regclass as tab, a.attname as col
             from pg_constraint f join pg_attribute a on a.attrelid = f.conrelid and a.attnum = any (f.conkey) and a.attname <> 'workspace_id'
            where f.contype = 'f' and f.confrelid = 'earshot.conversation'::regclass
              and (f.confdeltype <> 'c' or f.conrelid = 'earshot.audio_fetch'::regclass) and f.conrelid <> 'earshot.merged_conversation'::regclass
            order by f.conname loop
    select string_agg(format('%L, m.%I', a.attname, a.attname), ', ') into v_key
      from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indrelid = c.tab and i.indisprimary;
    execute format('with m as (update %s t set %I = $3 where t.workspace_id = $1 and t.%I = $2 returning t.*)
      insert into earshot.conversation_stash (workspace_id, merge_id, what, of_table, of_column, content)
      select $1, $4, ''pointer'', %L, %L, jsonb_build_object(%s) from m', c.tab, c.col, c.col, c.tab, c.col, v_key) using p_workspace, p_away, p_into, p_merge;
  end loop;
  while v_i <= cardinality(v_tables) loop
    execute format('insert into earshot.conversation_stash (workspace_id, merge_id, what, of_table, content)
      select $1, $3, ''row'', %L, to_jsonb(t%s) from %s t%s where %s', v_tables[v_i], v_i, v_tables[v_i], v_i, v_conditions[v_i]) using p_workspace, p_away, p_merge;
    for c in select f.conrelid::regclass as tab, f.conkey, f.confkey from pg_constraint f
              where f.contype = 'f' and f.confrelid = v_tables[v_i] and f.confdeltype = 'c' order by f.conname loop
      if c.tab = any (v_tables) or c.tab = any (v_again) then continue; end if;
      select string_agg(format('t%s.%I = t%s.%I', v_i, p.attname, cardinality(v_tables) + 1, a.attname), ' and ') into v_join
        from unnest(c.conkey, c.confkey) as k (child, parent)
        join pg_attribute a on a.attrelid = c.tab and a.attnum = k.child join pg_attribute p on p.attrelid = v_tables[v_i] and p.attnum = k.parent;
      v_conditions := v_conditions || format('exists (select from %s t%s where %s and %s)', v_tables[v_i], v_i, v_join, v_conditions[v_i]);
      v_tables := v_tables || c.tab;
    end loop;
    v_i := v_i + 1;
  end loop;
  with linked as (
    insert into earshot.visit_conversation (workspace_id, conversation_id, visit_id, linked_at)
      select v.workspace_id, p_into, v.visit_id, v.linked_at from earshot.visit_conversation v where v.workspace_id = p_workspace and v.conversation_id = p_away
      on conflict do nothing returning visit_id)
  insert into earshot.conversation_stash (workspace_id, merge_id, what, of_table, content)
    select p_workspace, p_merge, 'visit', 'earshot.visit_conversation', to_jsonb(l.visit_id) from linked l;
  delete from earshot.conversation away where away.workspace_id = p_workspace and away.id = p_away;
end $$;
/* Puts it all back. What meanwhile lost the row it needs (a visit, a stage) stays away, or takes the survivor's. */
create function unstash_conversation(p_workspace uuid, p_merge uuid, p_away uuid, p_into uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s record; v_columns text; v_join text; v_row jsonb; v_into earshot.conversation; v_wait bigint[]; v_now bigint[]; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  select * into v_into from earshot.conversation c where c.workspace_id = p_workspace and c.id = p_into;
  select array_agg(x.seq) into v_wait from earshot.conversation_stash x where x.workspace_id = p_workspace and x.merge_id = p_merge and x.what = 'row';
  -- A row that names another one of them waits for it: what was left in one round comes in the next, as long as there is any progress.
  while cardinality(v_wait) > 0 and v_wait is distinct from v_now loop
    v_now := v_wait; v_wait := '{}';
    for s in select x.seq, x.of_table::regclass as tab, x.content from earshot.conversation_stash x
              where x.workspace_id = p_workspace and x.merge_id = p_merge and x.seq = any (v_now) order by x.seq loop
      select string_agg(quote_ident(a.attname), ', ') into v_columns
        from pg_attribute a where a.attrelid = s.tab and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
      v_row := s.content;
      if s.tab = 'earshot.conversation'::regclass then
        v_row := v_row || jsonb_build_object('contact_id', v_into.contact_id, 'epoch', (v_row ->> 'epoch')::bigint + 1, 'log', (v_row ->> 'log')::int + 1, 'needs_index', true,
          'stage_key', case when exists (select from earshot.stage x where x.workspace_id = p_workspace and x.key = v_row ->> 'stage_key') then v_row ->> 'stage_key' else v_into.stage_key end,
          'flow_id', (select x.id from earshot.flow x where x.workspace_id = p_workspace and x.id = (v_row ->> 'flow_id')::uuid),
          'previous_id', (select x.id from earshot.conversation x where x.workspace_id = p_workspace and x.id = (v_row ->> 'previous_id')::uuid));
        execute format('insert into %s (%s) overriding system value select %s from jsonb_populate_record(null::%s, $1)', s.tab, v_columns, v_columns, s.tab) using v_row;
      else
        begin
          execute format('insert into %s (%s) overriding system value select %s from jsonb_populate_record(null::%s, $1)', s.tab, v_columns, v_columns, s.tab) using v_row;
        exception
          when foreign_key_violation then v_wait := v_wait || s.seq;
          when unique_violation then null;
        end;
      end if;
    end loop;
  end loop;
  for s in select x.of_table::regclass as tab, x.of_column as col from earshot.conversation_stash x
            where x.workspace_id = p_workspace and x.merge_id = p_merge and x.what = 'pointer' group by 1, 2 loop
    select string_agg(format('t.%I = k.%I', a.attname, a.attname), ' and ') into v_join
      from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indrelid = s.tab and i.indisprimary;
    execute format('update %s t set %I = $3 from earshot.conversation_stash x, jsonb_populate_record(null::%s, x.content) k
      where x.workspace_id = $1 and x.merge_id = $2 and x.what = ''pointer'' and x.of_table::regclass = %L::regclass and x.of_column = %L and %s and t.%I = $4',
      s.tab, s.col, s.tab, s.tab, s.col, v_join, s.col) using p_workspace, p_merge, p_away, p_into;
  end loop;
  delete from earshot.visit_conversation v using earshot.conversation_stash x
   where x.workspace_id = p_workspace and x.merge_id = p_merge and x.what = 'visit'
     and v.workspace_id = p_workspace and v.conversation_id = p_into and v.visit_id = (x.content #>> '{}')::uuid;
end $$;
/*
 * After the log is as it was: every column that the merge changed and nobody since goes back to what it was. What was counted since is
 * added to it, and what a review of the merged log said (p_judged: there was one, and it is gone) is forgotten.
 */
create function restore_merged_row(p_workspace uuid, p_merge uuid, p_now jsonb, p_judged boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_set text; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  select string_agg(case
      when a.attname in ('tokens_in', 'tokens_out', 'cost_usd') then format('%I = b.%I + c.%I - x.%I', a.attname, a.attname, a.attname, a.attname)
      when a.attname in ('reviewed_at', 'quality', 'tone', 'emotions', 'converted', 'language', 'resolution') then
        format('%I = case when $4 or $3 -> %L is not distinct from m.after -> %L then b.%I else c.%I end', a.attname, a.attname, a.attname, a.attname, a.attname)
      when a.attname in ('stage_key', 'stage_by') then
        format('%I = case when $4 and c.stage_by = ''review'' or $3 -> %L is not distinct from m.after -> %L then b.%I else c.%I end', a.attname, a.attname, a.attname, a.attname, a.attname)
      else format('%I = case when $3 -> %L is not distinct from m.after -> %L then b.%I else c.%I end', a.attname, a.attname, a.attname, a.attname, a.attname)
    end, ', ') into v_set
    from pg_attribute a where a.attrelid = 'earshot.conversation'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     and a.attname not in ('workspace_id', 'id', 'number', 'contact_id', 'epoch', 'log', 'needs_index', 'flags');
  execute format('update earshot.conversation c set %s from earshot.conversation_merge m, jsonb_populate_record(null::earshot.conversation, m.before) b,
      jsonb_populate_record(null::earshot.conversation, m.after) x
    where m.workspace_id = $1 and m.id = $2 and c.workspace_id = $1 and c.id = m.conversation_id', v_set) using p_workspace, p_merge, p_now, p_judged;
end $$;
create function prune_merges(p_older interval) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from earshot.conversation_merge m where m.at < now() - p_older
$$;
do $$ declare f text; begin
  foreach f in array array['weave_entries', 'renumber_entries', 'unweave_entries', 'close_gaps', 'split_entries', 'drop_entries', 'recount_log',
                           'stash_conversation', 'unstash_conversation', 'restore_merged_row', 'prune_merges'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
revoke execute on function renumber_entries, close_gaps from earshot_app;
