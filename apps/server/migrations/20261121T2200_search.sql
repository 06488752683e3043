-- why:   search over names, ids and every message is exact at any moment and quick at ten million messages (ADR 0020)
-- locks: conversation gets a column with a constant default (no rewrite) and a partial index of all its rows, once
-- breaks older nodes: no

/*
 * The one folding of text for search: what is stored and what is asked go through it, so that searching is comparing bytes. Lower case
 * of all scripts, no accents, width and ligatures made one, Arabic letters that are written either way made one.
 */
create function fold(p_text text) returns text language sql immutable strict parallel safe as $$
  select case when octet_length(p_text) = length(p_text) then lower(p_text collate "C") else
    normalize(translate(replace(replace(replace(casefold((regexp_replace(normalize(p_text, NFKD),
      '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061c\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b\u200e\u200f\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\u00ad]+', '', 'g'))
      collate pg_unicode_fast) collate "C", 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'øłđðıىیکةـ', 'olddiييكه'), NFC) end
$$;
create function digits(p_text text) returns text language sql immutable strict parallel safe as $$
  select nullif(regexp_replace(p_text, '[^0-9]', '', 'g'), '')
$$;
/* Names and ids of a conversation as search sees them. U+001F stands in no term, so nothing is found across two of them. */
create function search_header(p_session text, p_title text, p_name text, p_email text, p_phone text) returns text
language sql immutable parallel safe as $$
  select earshot.fold(concat_ws(E'\x1f', p_session, p_title, p_name, p_email, p_phone))
$$;

-- Set by whatever changes what is said or named, cleared by the indexer: it changes once a burst of messages, so appends stay heap-only.
alter table conversation add column needs_index boolean not null default true;
create index conversation_to_index on conversation (workspace_id, id) where needs_index;

-- Folded text in parts of a few kilobytes: part 0 holds names and ids, the others what was said, in order. Comparing it is ten times
-- quicker than folding every entry again. A row stays in its page (no TOAST), so that walking many is cheap.
create table search_document (
  workspace_id uuid not null,
  conversation_id uuid not null,
  part int not null,
  from_position int not null,
  to_position int not null,
  body text not null,
  phone text,
  primary key (workspace_id, conversation_id, part),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
) with (toast_tuple_target = 8160);
alter table search_document alter body set storage external;
select earshot.isolate('search_document', 'select');

-- Which words are in a part: hashes of words, mixed with the workspace, so that a search reads its own tenant's lists only. The array
-- lies outside the row: looking up many parts reads few pages.
create table search_keys (
  workspace_id uuid not null,
  conversation_id uuid not null,
  part int not null,
  keys int[] not null,
  primary key (workspace_id, conversation_id, part),
  foreign key (workspace_id, conversation_id, part) references search_document on delete cascade
) with (toast_tuple_target = 128);
alter table search_keys alter keys set storage external;
create index search_keys_of_words on search_keys using gin (keys) with (gin_pending_list_limit = 2048);
select earshot.isolate('search_keys', 'select');

-- Every word said in a workspace, with the letters it is made of: a piece of a word is looked up here, then its words in search_keys.
-- `uses` counts parts up to 16, which means "many"; `stale` asks for a count of such a word, after a part that had it is gone.
create table search_word (
  workspace_id uuid not null references workspace on delete cascade,
  word text not null,
  hash int not null,
  uses int not null,
  stale boolean not null default false,
  letters int[] not null,
  primary key (workspace_id, word)
) with (fillfactor = 85);
create index search_word_by_hash on search_word (workspace_id, hash);
create index search_word_by_letters on search_word using gin (letters) with (gin_pending_list_limit = 2048);
create index search_word_stale on search_word (workspace_id) where stale;
select earshot.isolate('search_word', 'select');

-- ── What marks a conversation ──────────────────────────────────────────────────────────────────────────────────────────────────
/* The append functions mark what they write to themselves: a trigger before each update would cost every one of them. */
create function mark_for_index() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update earshot.conversation c set needs_index = true where c.workspace_id = new.workspace_id and c.id = new.id;
  return null;
end $$;
alter function mark_for_index owner to earshot_log;
revoke all on function mark_for_index from public;
create trigger conversation_named after update of title, session_id, contact_id on conversation
  for each row when (not new.needs_index) execute function mark_for_index();
/* Also those marked already are written again: it makes an indexer wait that has just read the old name. */
create function mark_for_index_of_contact() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update earshot.conversation c set needs_index = true where c.workspace_id = new.workspace_id and c.contact_id = new.id;
  return null;
end $$;
create trigger contact_named after update of name, email, phone on contact for each row
  when ((old.name, old.email, old.phone) is distinct from (new.name, new.email, new.phone)) execute function mark_for_index_of_contact();
/* The log only grows. Should entries go or change nevertheless, what was indexed of that conversation goes too. */
create function forget_changed_entries() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update earshot.conversation c set needs_index = true from (select distinct workspace_id, conversation_id from gone) g
   where c.workspace_id = g.workspace_id and c.id = g.conversation_id;
  delete from earshot.search_document d using (select distinct workspace_id, conversation_id from gone) g
   where d.workspace_id = g.workspace_id and d.conversation_id = g.conversation_id;
  return null;
end $$;
create trigger entry_gone after delete on entry referencing old table as gone for each statement execute function forget_changed_entries();
create trigger entry_changed after update on entry referencing old table as gone for each statement execute function forget_changed_entries();

-- ── What goes with a part: each of its words is used once less, and a word nobody uses is gone (it may be a name) ────────────────
create function forget_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare v_workspaces uuid[]; v_hashes int[]; v_counts int[]; begin
  select array_agg(x.workspace_id), array_agg(x.h), array_agg(x.n) into v_workspaces, v_hashes, v_counts
    from (select g.workspace_id, h, count(*)::int as n from gone g, unnest(g.keys) h group by 1, 2) x;
  if v_hashes is null then return null; end if;
  -- In the order of words, as the indexer takes them: two that lock many rows must not meet crosswise.
  perform from earshot.search_word w join unnest(v_workspaces, v_hashes) as g (workspace_id, hash) on w.workspace_id = g.workspace_id and w.hash = g.hash
   order by w.workspace_id, w.word for no key update of w;
  update earshot.search_word w set stale = true from unnest(v_workspaces, v_hashes) as g (workspace_id, hash)
   where w.workspace_id = g.workspace_id and w.hash = g.hash and w.uses >= 16 and not w.stale;
  update earshot.search_word w set uses = w.uses - g.n from unnest(v_workspaces, v_hashes, v_counts) as g (workspace_id, hash, n)
   where w.workspace_id = g.workspace_id and w.hash = g.hash and w.uses < 16;
  -- Two words of one hash are counted down together, so the last word is the look-up's.
  delete from earshot.search_word w using unnest(v_workspaces, v_hashes) as g (workspace_id, hash)
   where w.workspace_id = g.workspace_id and w.hash = g.hash and w.uses <= 0
     and not exists (select from earshot.search_keys k where k.keys @> array[w.hash]);
  update earshot.search_word w set uses = 1 from unnest(v_workspaces, v_hashes) as g (workspace_id, hash)
   where w.workspace_id = g.workspace_id and w.hash = g.hash and w.uses <= 0;
  return null;
end $$;
create trigger search_keys_gone after delete on search_keys referencing old table as gone for each statement execute function forget_words();

/* Counts words that were used by many and may be used by few. Returns how many there were. */
create function recount_words(p_limit int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare r record; v_uses int; v_done int := 0; begin
  for r in select w.workspace_id, w.word, w.hash from earshot.search_word w where w.stale order by w.workspace_id, w.word limit p_limit for no key update loop
    select count(*) into v_uses from (select from earshot.search_keys k where k.keys @> array[r.hash] limit 16) x;
    if v_uses = 0 then delete from earshot.search_word w where w.workspace_id = r.workspace_id and w.word = r.word;
    else update earshot.search_word w set uses = v_uses, stale = false where w.workspace_id = r.workspace_id and w.word = r.word; end if;
    v_done := v_done + 1;
  end loop;
  return v_done;
end $$;

-- ── What the indexer does, one at a time per database ──────────────────────────────────────────────────────────────────────────
/* Conversations whose index is behind. While the talk goes on they wait: a search reads them as they are. */
create function find_unindexed(p_quiet interval, p_except uuid[], p_limit int, out workspace_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select c.workspace_id, c.id from earshot.conversation c
   where c.needs_index and (c.last_message_at < now() - p_quiet or c.status <> 'active') and c.id <> all (p_except)
   order by c.workspace_id, c.id limit p_limit
$$;
create function find_common_words(p_workspace uuid, p_words text[], out word text) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.word from earshot.search_word w where w.workspace_id = p_workspace and w.word = any (p_words) and w.uses >= 16
$$;
create function count_unindexed() returns bigint language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) from earshot.conversation c where c.needs_index
$$;
/* What is to be indexed: the header as it is, the part that still has room with its keys, and what was said since, folded. */
create function read_unindexed(p_workspace uuid, p_ids uuid[], p_entries int,
  out id uuid, out header text, out phone text, out header_body text, out header_phone text, out header_keys int[],
  out part int, out from_position int, out to_position int, out body text, out keys int[], out "position" int, out texts text[], out positions int[]) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select c.id, earshot.search_header(c.session_id, c.title, t.name, t.email, t.phone), earshot.digits(t.phone), hd.body, hd.phone, h.keys,
         d.part, d.from_position, d.to_position, d.body, k.keys, said.upto, said.texts, said.positions
    from unnest(p_ids) as i (id)
    join earshot.conversation c on c.workspace_id = p_workspace and c.id = i.id
    join earshot.contact t on t.workspace_id = c.workspace_id and t.id = c.contact_id
    left join earshot.search_document hd on hd.workspace_id = c.workspace_id and hd.conversation_id = c.id and hd.part = 0
    left join earshot.search_keys h on h.workspace_id = c.workspace_id and h.conversation_id = c.id and h.part = 0
    left join lateral (select x.* from earshot.search_document x where x.workspace_id = c.workspace_id and x.conversation_id = c.id and x.part > 0
                        order by x.part desc limit 1) d on true
    left join earshot.search_keys k on k.workspace_id = c.workspace_id and k.conversation_id = c.id and k.part = d.part
    cross join lateral (
      select max(e.position) as upto, array_agg(earshot.fold(e.text) order by e.position) filter (where e.kind in ('message', 'note') and e.text <> '') as texts,
             array_agg(e.position order by e.position) filter (where e.kind in ('message', 'note') and e.text <> '') as positions
        from (select x.position, x.kind, x.text from earshot.entry x where x.workspace_id = c.workspace_id and x.conversation_id = c.id
                and x.position > coalesce(d.to_position, 0) order by x.position limit p_entries) e) said
$$;
/*
 * Stores what was made of it. False, and nothing done, when a conversation is gone meanwhile. One that changed meanwhile keeps its mark:
 * what was read of it stays true, as the log only grows.
 */
create function store_index(p_workspace uuid, p_ids uuid[], p_positions int[], p_headers text[],
  p_of uuid[], p_parts int[], p_from int[], p_to int[], p_bodies text[], p_phones text[], p_keys text[],
  p_words text[], p_hashes int[], p_counts int[], p_letters text[]) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_found int; begin
  select count(*) into v_found from (
    select from earshot.conversation c where c.workspace_id = p_workspace and c.id = any (p_ids) order by c.id for no key update) x;
  if v_found < cardinality(p_ids) then return false; end if;
  insert into earshot.search_word as w (workspace_id, word, hash, uses, letters)
    select p_workspace, t.word, t.hash, least(t.n, 16), t.letters::int[] from unnest(p_words, p_hashes, p_counts, p_letters) as t (word, hash, n, letters) order by t.word
    on conflict (workspace_id, word) do update set uses = least(w.uses + excluded.uses, 16);
  insert into earshot.search_document as d (workspace_id, conversation_id, part, from_position, to_position, body, phone)
    select p_workspace, t.* from unnest(p_of, p_parts, p_from, p_to, p_bodies, p_phones) as t
    on conflict (workspace_id, conversation_id, part) do update set to_position = excluded.to_position, body = excluded.body, phone = excluded.phone;
  insert into earshot.search_keys as k (workspace_id, conversation_id, part, keys)
    select p_workspace, t.id, t.part, t.keys::int[] from unnest(p_of, p_parts, p_keys) as t (id, part, keys)
    on conflict (workspace_id, conversation_id, part) do update set keys = excluded.keys;
  update earshot.conversation c set needs_index = false
    from unnest(p_ids, p_positions, p_headers) as t (id, at, header), earshot.contact p
   where c.workspace_id = p_workspace and c.id = t.id and c.last_position = t.at
     and p.workspace_id = c.workspace_id and p.id = c.contact_id
     and earshot.search_header(c.session_id, c.title, p.name, p.email, p.phone) = t.header;
  return true;
end $$;

-- ── What a search asks ─────────────────────────────────────────────────────────────────────────────────────────────────────────
/* A term as it is compared, as a pattern, its digits as one when it may be a phone number, and the agents of that name. */
create function read_term(p_workspace uuid, p_term text, out term text, out pattern text, out phone text, out agents uuid[]) returns record
language sql stable set search_path = pg_catalog, earshot, pg_temp as $$
  select f.term, f.pattern,
         case when f.term ~ '^[-+0-9 ()./]+$' and length(earshot.digits(f.term)) >= 3 then earshot.digits(f.term) end,
         array(select a.id from earshot.agent a where a.workspace_id = p_workspace and earshot.fold(a.name) like f.pattern)
    from (select t.term, '%' || regexp_replace(t.term, '([\\%_])', '\\\1', 'g') || '%' as pattern
            from (select earshot.fold(translate(p_term, E'\x1f', ' ')) as term) t) f
$$;
/* Words that a piece of the term can be part of, one more than the limit at most; and of those that must be there, which are. */
create function find_words(p_workspace uuid, p_letters int[], p_like text, p_limit int, out hash int, out uses int) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_custom_plan as $$
  -- `offset 0`: by letters first; they are mixed with the workspace, so hardly any of another one come along
  select w.hash, w.uses from (select x.workspace_id, x.word, x.hash, x.uses from earshot.search_word x where x.letters @> p_letters offset 0) w
   where p_workspace = current_setting('earshot.workspace_id')::uuid and w.workspace_id = p_workspace and w.word like p_like limit p_limit + 1
$$;
create function find_whole_words(p_workspace uuid, p_words text[], out hash int, out uses int) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.hash, w.uses from earshot.search_word w
   where p_workspace = current_setting('earshot.workspace_id')::uuid and w.workspace_id = p_workspace and w.word = any (p_words)
$$;
/* Conversations with a part that has all of some words and one of each set of others; null when they are more than the limit. */
create function find_candidates(p_workspace uuid, p_all int[], p_any int[], p_any2 int[], p_limit int) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_indexscan = off as $$
declare v_ids uuid[]; begin
  if p_workspace <> current_setting('earshot.workspace_id')::uuid then return '{}'; end if;
  execute 'select array_agg(x.conversation_id) from (select k.conversation_id from (
      select y.workspace_id, y.conversation_id from earshot.search_keys y where true'
    || case when p_all is null then '' else ' and y.keys @> $2' end || case when p_any is null then '' else ' and y.keys && $3' end
    || case when p_any2 is null then '' else ' and y.keys && $4' end || ' offset 0) k where k.workspace_id = $1 limit $5 + 1) x'
    into v_ids using p_workspace, p_all, p_any, p_any2, p_limit;
  return case when cardinality(v_ids) > p_limit then null else coalesce(v_ids, '{}') end;
end $$;
/*
 * Reads the list the cursor runs through (id, whether it matches) until enough match or the time is over. The last row says how it
 * ended: full (the last match), end, or time (where to go on from).
 */
create function walk_search(p_cursor refcursor, p_wanted int, p_budget_ms double precision, out id uuid, out run int, out how text) returns setof record
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare r record; v_until timestamptz := clock_timestamp() + p_budget_ms * interval '1 ms'; v_found int := 0; v_seen int := 0; v_last uuid; v_run int; begin
  loop
    fetch p_cursor into r;
    if not found then how := 'end'; id := v_last; run := v_run; return next; return; end if;
    v_last := r.id; v_run := r.run;
    if r.hit then
      id := r.id; run := r.run; how := 'hit'; return next;
      v_found := v_found + 1;
      if v_found >= p_wanted then how := 'full'; return next; return; end if;
    end if;
    v_seen := v_seen + 1;
    if v_seen % 16 = 0 and clock_timestamp() > v_until then id := v_last; run := v_run; how := 'time'; return next; return; end if;
  end loop;
end $$;

/* What the index does not hold yet of a conversation is compared as it stands: the answer is exact at any moment. */
create function is_unindexed_hit(p_workspace uuid, p_conversation uuid, p_pattern text, p_phone text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select exists (
    select from earshot.entry e where e.workspace_id = p_workspace and e.conversation_id = p_conversation
       and e.position > coalesce((select d.to_position from earshot.search_document d where d.workspace_id = p_workspace and d.conversation_id = p_conversation
                                   order by d.part desc limit 1), 0)
       and e.kind in ('message', 'note') and earshot.fold(e.text) like p_pattern)
  or exists (
    select from earshot.conversation c join earshot.contact t on t.workspace_id = c.workspace_id and t.id = c.contact_id
     where c.workspace_id = p_workspace and c.id = p_conversation
       and (earshot.search_header(c.session_id, c.title, t.name, t.email, t.phone) like p_pattern or earshot.digits(t.phone) like p_phone))
$$;
/* Where conversations match, the newest place of each: the text of an entry, else the name or id. Keeps the order it is given. */
create function find_places(p_workspace uuid, p_ids uuid[], p_pattern text, p_phone text, out id uuid, out "position" int, out field text, out value text) returns setof record
language sql stable set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select i.id, said.position, coalesce(said.kind, named.field), coalesce(said.text, named.value)
    from unnest(p_ids) with ordinality as i (id, place)
    cross join lateral (
      select coalesce(max(d.to_position), 0) as upto, max(d.from_position) filter (where d.body like p_pattern) as hit_from
        from earshot.search_document d where d.workspace_id = p_workspace and d.conversation_id = i.id and d.part > 0) s
    left join lateral (
      select e.position, e.kind::text as kind, e.text from earshot.entry e
       where e.workspace_id = p_workspace and e.conversation_id = i.id and (e.position > s.upto or e.position >= s.hit_from)
         and e.kind in ('message', 'note') and earshot.fold(e.text) like p_pattern order by e.position desc limit 1) said on true
    left join lateral (
      select v.field, v.value
        from earshot.conversation c join earshot.contact t on t.workspace_id = c.workspace_id and t.id = c.contact_id
        left join earshot.agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id
        cross join lateral (values (1, 'title', c.title), (2, 'contactName', t.name), (3, 'contactEmail', t.email), (4, 'contactPhone', t.phone),
                                   (5, 'sessionId', c.session_id), (6, 'agentName', a.name)) as v (rank, field, value)
       where said.position is null and c.workspace_id = p_workspace and c.id = i.id
         and (earshot.fold(v.value) like p_pattern or (v.field = 'contactPhone' and earshot.digits(v.value) like p_phone))
       order by v.rank limit 1) named on true
   order by i.place
$$;
/* How many rows of the cursor match, and whether all were read in time. */
create function count_search(p_cursor refcursor, p_budget_ms double precision, out n bigint, out complete boolean) returns record
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare r record; v_until timestamptz := clock_timestamp() + p_budget_ms * interval '1 ms'; v_seen int := 0; begin
  n := 0; complete := false;
  loop
    fetch p_cursor into r;
    if not found then complete := true; return; end if;
    n := n + r.hit::int; v_seen := v_seen + 1;
    if v_seen % 16 = 0 and clock_timestamp() > v_until then return; end if;
  end loop;
end $$;

/* The same for one conversation by its id: for jobs and counts that go through a selection. */
create function is_search_hit(p_workspace uuid, p_conversation uuid, p_term text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select exists (
    select from earshot.read_term(p_workspace, p_term) t, earshot.conversation c
     where t.term <> '' and c.workspace_id = p_workspace and c.id = p_conversation
       and (exists (select from earshot.search_document d where d.workspace_id = p_workspace and d.conversation_id = p_conversation
                       and (d.part > 0 or not c.needs_index) and (d.body like t.pattern or d.phone like '%' || t.phone || '%') offset 0)
         or (c.needs_index and earshot.is_unindexed_hit(p_workspace, p_conversation, t.pattern, '%' || t.phone || '%'))
         or c.agent_id = any (t.agents)))
$$;
drop function search_matches;
do $$ declare f text; begin
  foreach f in array array['mark_for_index_of_contact', 'forget_changed_entries', 'forget_words', 'recount_words', 'find_unindexed', 'find_common_words', 'count_unindexed',
                           'read_unindexed', 'store_index', 'find_words', 'find_whole_words', 'find_candidates'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
end $$;
