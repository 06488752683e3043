-- why:   statements of earlier migrations that changed rows ran as the owner, whom the walls show nothing, so on a database with rows in it
--        they did nothing: flags, counts of tags and of cells, first versions of articles and the queue are brought up to date here
-- locks: none but of the rows; reads every conversation once
-- breaks older nodes: no

set local role earshot_log;
update conversation c set flags = f.codes
  from (select c.workspace_id, c.id, coalesce(array_agg(distinct f.code order by f.code) filter (where f.code is not null), '{}') as codes
          from conversation c
          left join review_flag f on f.workspace_id = c.workspace_id and f.conversation_id = c.id and f.state <> 'dismissed'
           and f.review_id = (select r.id from review r where r.workspace_id = c.workspace_id and r.conversation_id = c.id order by r.id desc limit 1)
         group by c.workspace_id, c.id) f
 where c.workspace_id = f.workspace_id and c.id = f.id and c.flags is distinct from f.codes;

-- What is missing, or too much, is one more change: a count is the sum.
insert into tag_delta (workspace_id, tag, n)
  select workspace_id, tag, sum(n) from (
    select workspace_id, t as tag, 1::bigint as n from conversation c, lateral (select distinct unnest(c.tags) as t) x
    union all select workspace_id, tag, -n from tag_delta
  ) d group by workspace_id, tag having sum(n) <> 0;

select recount_cells(workspace_id) from workspace;

insert into article_version (workspace_id, article_id, version, title, body, language, status, at, by_name)
  select a.workspace_id, a.id, a.version, a.title, a.body, a.language, a.status, a.updated_at, a.updated_by from article a
   where not exists (select from article_version v where v.workspace_id = a.workspace_id and v.article_id = a.id);

insert into queue_item (workspace_id, conversation_id, state, operator_messages, first_from, routed)
  select c.workspace_id, c.id, case when c.handoff_state in ('queued', 'offered') then 'waiting' else 'held' end, c.operator_messages,
         case when c.handoff_state in ('queued', 'offered') then coalesce(c.handoff_at, now()) end,
         case when c.handoff_state in ('queued', 'offered') then null else 'direct' end
    from conversation c
   where c.status = 'active' and (c.handoff_state in ('queued', 'offered') or c.control = 'operator')
     and not exists (select from queue_item q where q.workspace_id = c.workspace_id and q.conversation_id = c.id);
reset role;
