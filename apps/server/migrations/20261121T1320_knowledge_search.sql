-- why:   what agents search: articles in passages, ranked by words and forgiving typing mistakes
-- locks: none (new tables)
-- breaks older nodes: no

do $$ begin
  if not exists (select from pg_extension where extname = 'pg_trgm') then create extension pg_trgm with schema earshot; end if;
end $$;

create table article_chunk (
  workspace_id uuid not null,
  article_id uuid not null,
  position int not null,
  language text not null,
  heading text not null,
  text text not null,
  length int not null,
  terms tsvector not null,
  primary key (workspace_id, article_id, position),
  foreign key (workspace_id, article_id) references article on delete cascade
);
create index article_chunk_terms on article_chunk using gin (terms);
comment on table article_chunk is 'The passages of published articles, rewritten in the transaction that changes an article. Terms: stems of the article''s language, weight A for headings; pairs of characters where words have no spaces between them.';
select earshot.isolate('article_chunk');

create table article_word (
  workspace_id uuid not null,
  article_id uuid not null,
  word text not null,
  primary key (workspace_id, article_id, word),
  foreign key (workspace_id, article_id) references article on delete cascade
);
do $$ begin
  execute format('create index article_word_similar on earshot.article_word using gin (word %I.gin_trgm_ops)',
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'));
end $$;
comment on table article_word is 'The words of published articles as written: what a mistyped word may have meant.';
select earshot.isolate('article_word');

/* The dictionary of a language; words of other languages are taken as they are. */
create function text_config(p_language text) returns regconfig
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select case split_part(lower(p_language), '-', 1)
    when 'en' then 'pg_catalog.english' when 'de' then 'pg_catalog.german' when 'fr' then 'pg_catalog.french' when 'es' then 'pg_catalog.spanish'
    when 'it' then 'pg_catalog.italian' when 'pt' then 'pg_catalog.portuguese' when 'nl' then 'pg_catalog.dutch' when 'sv' then 'pg_catalog.swedish'
    when 'da' then 'pg_catalog.danish' when 'no' then 'pg_catalog.norwegian' when 'nb' then 'pg_catalog.norwegian' when 'nn' then 'pg_catalog.norwegian'
    when 'fi' then 'pg_catalog.finnish' when 'hu' then 'pg_catalog.hungarian' when 'ro' then 'pg_catalog.romanian' when 'ru' then 'pg_catalog.russian'
    when 'tr' then 'pg_catalog.turkish' when 'el' then 'pg_catalog.greek' when 'ar' then 'pg_catalog.arabic' when 'hi' then 'pg_catalog.hindi'
    when 'id' then 'pg_catalog.indonesian' when 'ga' then 'pg_catalog.irish' when 'lt' then 'pg_catalog.lithuanian' when 'ca' then 'pg_catalog.catalan'
    when 'eu' then 'pg_catalog.basque' when 'sr' then 'pg_catalog.serbian' when 'ta' then 'pg_catalog.tamil' when 'hy' then 'pg_catalog.armenian'
    when 'ne' then 'pg_catalog.nepali' when 'yi' then 'pg_catalog.yiddish' else 'pg_catalog.simple' end::regconfig
$$;

-- Row level security keeps the text indexes from the service's role (their operators may raise errors that depend on data), hence two
-- narrow functions that pass the wall, read the workspace from the transaction's setting and nowhere else.

/* Finds for each word what it becomes in each language of the knowledge base, and in how many passages that occurs. */
create function weigh_words(p_words text[], out language text, out word text, out lexeme text, out chunks int, out total int) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with spoken as (
    select c.language, count(*)::int as total from earshot.article_chunk c
     where c.workspace_id = current_setting('earshot.workspace_id')::uuid group by c.language
  ),
  become as (
    select distinct s.language, s.total, w.word, coalesce(l.lexeme, '') as lexeme
      from spoken s cross join unnest(p_words) as w (word)
      left join lateral unnest(tsvector_to_array(to_tsvector(earshot.text_config(s.language), w.word))) as l (lexeme) on true
  )
  select b.language, b.word, b.lexeme,
    case when b.lexeme = '' then 0 else (
      select count(*)::int from earshot.article_chunk c
       where c.workspace_id = current_setting('earshot.workspace_id')::uuid and c.language = b.language
         and c.terms @@ ('''' || replace(replace(b.lexeme, '\', '\\'), '''', '''''') || '''')::tsquery) end,
    b.total
  from become b
$$;

/* The passages in which any of the terms occurs, those with the weightiest first. */
create function search_chunks(p_language text, p_lexemes text[], p_weights float8[], p_limit int,
  out article_id uuid, out title text, out "position" int, out heading text, out text text, out length int,
  out lexemes text[], out counts int[], out headed boolean[]) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.article_id, a.title, c.position, c.heading, c.text, c.length, m.lexemes, m.counts, m.headed
    from earshot.article_chunk c
    join earshot.article a on a.workspace_id = c.workspace_id and a.id = c.article_id
    cross join lateral (
      select array_agg(t.lexeme) as lexemes, array_agg(coalesce(cardinality(t.positions), 1)) as counts,
        array_agg('A' = any (coalesce(t.weights, '{}'))) as headed, sum(q.weight) as total
        from unnest(c.terms) as t join unnest(p_lexemes, p_weights) as q (lexeme, weight) on q.lexeme = t.lexeme) m
   where c.workspace_id = current_setting('earshot.workspace_id')::uuid and c.language = p_language
     and c.terms @@ (select string_agg('''' || replace(replace(l, '\', '\\'), '''', '''''') || '''', ' | ') from unnest(p_lexemes) l)::tsquery
   order by m.total desc, c.article_id, c.position limit p_limit
$$;

/* Words of the articles that look like the given ones. */
create function find_similar_words(p_words text[], out word text, out candidate text, out similarity real) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as 'select null::text, null::text, null::real where false';
do $$ declare s text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'); begin
  execute format($f$
    create or replace function earshot.find_similar_words(p_words text[], out word text, out candidate text, out similarity real) returns setof record
    language sql stable security definer set search_path = pg_catalog, pg_temp set pg_trgm.similarity_threshold = 0.2 as $q$
      select w.word, c.word, c.similarity from unnest(p_words) as w (word) cross join lateral (
        select distinct a.word, %1$I.similarity(a.word, w.word) as similarity from earshot.article_word a
         where a.workspace_id = current_setting('earshot.workspace_id')::uuid and a.word operator(%1$I.%%) w.word
         order by 2 desc, 1 limit 30) c
    $q$ $f$, s);
end $$;
do $$ declare f text; begin
  foreach f in array array['weigh_words', 'search_chunks', 'find_similar_words', 'text_config'] loop
    execute format('alter function earshot.%I owner to earshot_log', f);
    execute format('revoke all on function earshot.%I from public', f);
    execute format('grant execute on function earshot.%I to earshot_app', f);
  end loop;
  execute format('grant usage on schema %I to earshot_log, earshot_app',
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'));
end $$;
