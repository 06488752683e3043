-- why:   a question is read for each language of the knowledge base with that language's words only, since weighing every word in every
--        language would cost a count for each; and a passage is judged by how much of its headings the question says
-- locks: none
-- breaks older nodes: no

/* What each word becomes in one language, and in how many passages that occurs. */
create function weigh_words_in(p_language text, p_words text[], out language text, out word text, out lexeme text, out chunks int, out total int) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with become as materialized (
    select w.word, coalesce(l.lexeme, '') as lexeme from unnest(p_words) as w (word)
      left join lateral unnest(tsvector_to_array(to_tsvector(earshot.text_config(p_language), w.word))) as l (lexeme) on true
  ),
  found as (
    select d.lexeme, (select count(*)::int from earshot.article_chunk c
      where c.workspace_id = current_setting('earshot.workspace_id')::uuid and c.language = p_language
        and c.terms @@ ('''' || replace(replace(d.lexeme, '\', '\\'), '''', '''''') || '''')::tsquery) as chunks
      from (select distinct lexeme from become where lexeme <> '') d
  )
  select p_language, b.word, b.lexeme, coalesce(f.chunks, 0),
    (select count(*)::int from earshot.article_chunk c where c.workspace_id = current_setting('earshot.workspace_id')::uuid and c.language = p_language)
    from become b left join found f on f.lexeme = b.lexeme
$$;
alter function weigh_words_in owner to earshot_log;
revoke all on function weigh_words_in from public;
grant execute on function weigh_words_in to earshot_app;

/* The passages in which any of the terms occurs, those with the weightiest first; with the size of their headings. */
create function search_passages(p_language text, p_lexemes text[], p_weights float8[], p_limit int,
  out article_id uuid, out title text, out "position" int, out heading text, out text text, out length int,
  out lexemes text[], out counts int[], out headed boolean[], out heading_size int) returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.article_id, a.title, c.position, c.heading, c.text, c.length, m.lexemes, m.counts, m.headed, m.heading_size
    from earshot.article_chunk c
    join earshot.article a on a.workspace_id = c.workspace_id and a.id = c.article_id
    cross join lateral (
      select array_agg(t.lexeme) filter (where q.lexeme is not null) as lexemes,
        array_agg(coalesce(cardinality(t.positions), 1)) filter (where q.lexeme is not null) as counts,
        array_agg('A' = any (coalesce(t.weights, '{}'))) filter (where q.lexeme is not null) as headed,
        (count(*) filter (where 'A' = any (coalesce(t.weights, '{}'))))::int as heading_size, sum(q.weight) as total
        from unnest(c.terms) as t left join unnest(p_lexemes, p_weights) as q (lexeme, weight) on q.lexeme = t.lexeme) m
   where c.workspace_id = current_setting('earshot.workspace_id')::uuid and c.language = p_language
     and c.terms @@ (select string_agg('''' || replace(replace(l, '\', '\\'), '''', '''''') || '''', ' | ') from unnest(p_lexemes) l)::tsquery
   order by m.total desc, c.article_id, c.position limit p_limit
$$;
alter function search_passages owner to earshot_log;
revoke all on function search_passages from public;
grant execute on function search_passages to earshot_app;
