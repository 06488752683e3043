-- why:   two contacts that are one person become one, and two again within 30 days (ADR 0030)
-- locks: contact briefly, for two small indexes
-- breaks older nodes: no

create table contact_merge (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  contact_id uuid not null,
  other_id uuid not null,
  before jsonb not null,
  after jsonb not null default '{}',
  other jsonb not null,
  by_kind text not null,
  by_id text,
  by_name text,
  at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact on delete cascade
);
comment on table contact_merge is 'What a merge replaced of contact_id, and the contact that is part of it now. Words go when it is undone, and after 30 days.';
create index contact_merge_of_contact on contact_merge (workspace_id, contact_id, id desc);
create index contact_merge_of_other on contact_merge (workspace_id, other_id);
create index contact_merge_old on contact_merge (at);
select earshot.isolate('contact_merge');

create table contact_stash (
  workspace_id uuid not null,
  merge_id uuid not null,
  seq bigint not null generated always as identity,
  what text not null check (what in ('row', 'pointer')),
  of_table text not null,
  of_column text not null,
  content jsonb not null,
  primary key (workspace_id, merge_id, seq),
  foreign key (workspace_id, merge_id) references contact_merge on delete cascade
);
comment on table contact_stash is 'What pointed at the contact that is part of another now (its key), and what the other had already (the whole row).';
select earshot.isolate('contact_stash');

-- The same address or number suggests a merge.
create index contact_by_email on contact (workspace_id, email) where email is not null;
create index contact_by_phone on contact (workspace_id, phone) where phone is not null;

/* Points everything of one contact at another, whichever table it is in, and deletes the one. What the other has as well is kept apart. */
create function merge_contacts(p_workspace uuid, p_merge uuid, p_away uuid, p_into uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare f record; r record; v_key text; v_join text; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  for f in select k.conrelid::regclass as tab, a.attname as col,
                  exists (select from pg_index i where i.indrelid = k.conrelid and i.indisunique and a.attnum = any (i.indkey)) as is_unique
             from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname <> 'workspace_id'
            where k.contype = 'f' and k.confrelid = 'earshot.contact'::regclass order by k.conname loop
    select string_agg(format('%L, t.%I', a.attname, a.attname), ', '), string_agg(format('t.%I = k.%I', a.attname, a.attname), ' and ') into v_key, v_join
      from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indrelid = f.tab and i.indisprimary;
    if not f.is_unique then
      execute format('with moved as (update %s t set %I = $3 where t.workspace_id = $1 and t.%I = $2 returning jsonb_build_object(%s) as key)
        insert into earshot.contact_stash (workspace_id, merge_id, what, of_table, of_column, content) select $1, $4, ''pointer'', %L, %L, m.key from moved m',
        f.tab, f.col, f.col, v_key, f.tab, f.col) using p_workspace, p_away, p_into, p_merge;
      continue;
    end if;
    for r in execute format('select jsonb_build_object(%s) as key, to_jsonb(t) as content from %s t where t.workspace_id = $1 and t.%I = $2', v_key, f.tab, f.col)
        using p_workspace, p_away loop
      begin
        execute format('update %s t set %I = $1 from jsonb_populate_record(null::%s, $2) k where %s', f.tab, f.col, f.tab, v_join) using p_into, r.key;
        insert into earshot.contact_stash (workspace_id, merge_id, what, of_table, of_column, content)
          values (p_workspace, p_merge, 'pointer', f.tab::text, f.col, case when r.key ? f.col then r.key || jsonb_build_object(f.col, p_into) else r.key end);
      exception when unique_violation then
        execute format('delete from %s t using jsonb_populate_record(null::%s, $1) k where %s', f.tab, f.tab, v_join) using r.key;
        insert into earshot.contact_stash (workspace_id, merge_id, what, of_table, of_column, content)
          values (p_workspace, p_merge, 'row', f.tab::text, f.col, r.content);
      end;
    end loop;
  end loop;
  delete from earshot.contact c where c.workspace_id = p_workspace and c.id = p_away;
end $$;
/* Makes it a contact of its own again. What is gone meanwhile stays gone. */
create function unmerge_contacts(p_workspace uuid, p_merge uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare m record; s record; v_columns text; v_join text; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then raise 'another workspace'; end if;
  select x.contact_id, x.other_id, x.other into m from earshot.contact_merge x where x.workspace_id = p_workspace and x.id = p_merge;
  insert into earshot.contact select (jsonb_populate_record(null::earshot.contact, m.other)).*;
  for s in select x.of_table::regclass as tab, x.of_column as col, x.what, x.content from earshot.contact_stash x
            where x.workspace_id = p_workspace and x.merge_id = p_merge order by x.seq loop
    begin
      if s.what = 'pointer' then
        select string_agg(format('t.%I = k.%I', a.attname, a.attname), ' and ') into v_join
          from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indrelid = s.tab and i.indisprimary;
        execute format('update %s t set %I = $1 from jsonb_populate_record(null::%s, $2) k where %s and t.%I = $3', s.tab, s.col, s.tab, v_join, s.col)
          using m.other_id, s.content, m.contact_id;
      else
        select string_agg(quote_ident(a.attname), ', ') into v_columns
          from pg_attribute a where a.attrelid = s.tab and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
        execute format('insert into %s (%s) overriding system value select %s from jsonb_populate_record(null::%s, $1)', s.tab, v_columns, v_columns, s.tab) using s.content;
      end if;
    exception when unique_violation or foreign_key_violation then null;
    end;
  end loop;
end $$;
create function prune_contact_merges(p_older interval) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from earshot.contact_stash s using earshot.contact_merge m
   where m.workspace_id = s.workspace_id and m.id = s.merge_id and m.at < now() - p_older;
  update earshot.contact_merge m set before = '{}', after = '{}', other = '{}' where m.at < now() - p_older and m.other <> '{}'
$$;
do $$ declare f text; begin
  foreach f in array array['merge_contacts', 'unmerge_contacts', 'prune_contact_merges'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
