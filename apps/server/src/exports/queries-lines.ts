/** SQL of what leaves: each conversation as the one line that ingest takes back, or as one row for spreadsheets. The database writes both. */
import type { ConversationSelection, ExportColumn } from '@earshot/contracts'
import { type RawBuilder, sql } from 'kysely'
import { isSelected } from '../conversations/index.ts'

export interface Wanted {
  workspaceId: string
  /** Undefined: every conversation. */
  selection?: ConversationSelection
  /** Who is meant by "mine". */
  me: string | null
}

/** A line is one value: neither quoted nor split, since JSON escapes the signs that would be. */
export const AS_LINES = `format csv, quote E'\\x01', delimiter E'\\x02'`
export const AS_CSV = 'format csv, header true'

const found = ({ workspaceId, selection, me }: Wanted) =>
  sql`c.workspace_id = ${workspaceId} and ${selection ? isSelected(selection, me) : sql`true`}`

const time = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/** As they began to be numbered. */
export const idsOf = (wanted: Wanted): RawBuilder<unknown> =>
  sql`select replace(c.id::text, '-', '') from conversation c where ${found(wanted)} order by c.number`

/**
 * `IngestConversation`, field by field. A contact that no other system named is named by our id, so that two conversations of one person
 * stay one person's; so is the conversation. Tokens are counted for the whole, so the last answer carries all of them.
 */
export function linesOf(wanted: Wanted, { baseUrl, withNotes }: { baseUrl: string; withNotes: boolean }) {
  const kinds = withNotes ? sql`('message', 'note', 'function_call')` : sql`('message', 'function_call')`
  return sql`
    select json_object(
        'externalId': coalesce(c.external_id, c.id::text), 'channel': c.channel_kind, 'agent': a.name, 'flow': f.name, 'title': nullif(c.title, ''),
        'outcome': c.outcome, 'sessionId': c.session_id,
        'contact': json_object('externalId': coalesce(p.value, ct.id::text), 'name': nullif(ct.name, ''), 'email': nullif(ct.email, ''),
          'phone': nullif(ct.phone, ''), 'attributes': nullif(ct.attributes, '{}') absent on null returning json),
        'startedAt': ${time('c.started_at')}, 'endedAt': ${time('c.ended_at')}, 'status': c.status, 'stage': c.stage_key,
        'messages': coalesce(m.messages, '[]'::json), 'memory': nullif(c.memory, '{}'),
        'rating': case when c.rating is not null then json_object('stars': c.rating, 'comment': nullif(c.rating_comment, '') absent on null returning json) end,
        'tags': case when c.tags <> '{}' then to_json(c.tags) end
        absent on null returning text)
      from conversation c
      join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
      left join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id
      left join flow f on f.workspace_id = c.workspace_id and f.id = c.flow_id
      left join lateral (select p.value from contact_point p where p.workspace_id = c.workspace_id and p.contact_id = ct.id and p.kind = 'external_id'
        order by p.created_at limit 1) p on true
      cross join lateral (select json_agg(json_object(
          'externalId': case when e.client_key like 'x:%' then substr(e.client_key, 3) else 'e' || e.position end,
          'author': e.author_kind, 'kind': case when e.kind = 'note' then 'note' end, 'authorName': nullif(e.author_name, ''), 'text': nullif(e.text, ''),
          'at': ${time('e.at')},
          'functionCall': case when e.data ? 'functionCall' then json_object('name': e.data -> 'functionCall' -> 'name',
            'parameters': e.data -> 'functionCall' -> 'parameters', 'result': e.data -> 'functionCall' -> 'result',
            'status': e.data -> 'functionCall' -> 'status', 'durationMs': nullif(e.data -> 'functionCall' -> 'durationMs', 'null') absent on null returning json) end,
          'attachments': case when e.has_files then (select json_agg(json_object('name': x -> 'name', 'mediaType': x -> 'mediaType',
            'url': coalesce(x ->> 'externalUrl', ${baseUrl} || '/api/v1/files/' || (x ->> 'id')) returning json)) from jsonb_array_elements(e.data -> 'attachments') x) end,
          'usage': case when e.position = e.bearer and (c.tokens_in > 0 or c.tokens_out > 0 or c.cost_usd > 0)
            then json_object('inputTokens': c.tokens_in, 'outputTokens': c.tokens_out, 'costUsd': c.cost_usd::float8 returning json) end
          absent on null returning json) order by e.position) as messages
        from (select s.*, coalesce(max(s.position) filter (where s.author_kind = 'agent') over (), max(s.position) over ()) as bearer
                from (select e.*, coalesce(jsonb_array_length(e.data -> 'attachments'), 0) > 0 as has_files from entry e
                       where e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.kind in ${kinds}) s
               where s.text <> '' or s.has_files or s.data ? 'functionCall') e) m
     where ${found(wanted)} order by c.number`
}

/** Text is defused: a spreadsheet takes nothing in it for a formula. */
const safe = (column: string) =>
  sql.raw(
    `case when ${column} ~ '^([\\s]*[=+@\\uFF1D\\uFF0B\\uFF0D\\uFF20-]|[\\t\\r\\n])' then '''' || ${column} else ${column} end`,
  )

const COLUMNS: Record<ExportColumn, { title: string; value: ReturnType<typeof sql.raw> }> = {
  number: { title: 'Number', value: sql.raw('c.number') },
  id: { title: 'Id', value: sql.raw('c.id') },
  session: { title: 'Session', value: safe('c.session_id') },
  title: { title: 'Title', value: safe('c.title') },
  agent: { title: 'Agent', value: safe('a.name') },
  company: { title: 'Company', value: safe('a.company') },
  channel: { title: 'Channel', value: sql.raw('c.channel_kind') },
  flow: { title: 'Flow', value: safe('f.name') },
  contact: { title: 'Contact', value: safe('ct.name') },
  email: { title: 'E-mail', value: safe('ct.email') },
  phone: { title: 'Phone', value: safe('ct.phone') },
  status: { title: 'Status', value: sql.raw('c.status') },
  outcome: { title: 'Outcome', value: sql.raw('c.outcome') },
  stage: { title: 'Stage', value: safe('s.name') },
  handoff: { title: 'Handoff', value: sql.raw('c.handoff_state') },
  assignee: { title: 'Assignee', value: safe('m.name') },
  messages: { title: 'Messages', value: sql.raw('c.message_count') },
  duration: {
    title: 'Duration (seconds)',
    value: sql.raw('greatest(0, floor(extract(epoch from c.last_message_at - c.started_at)))::bigint'),
  },
  rating: { title: 'Rating', value: sql.raw('c.rating') },
  ratingComment: { title: 'Rating comment', value: safe('c.rating_comment') },
  quality: { title: 'Quality', value: sql.raw('c.quality') },
  tone: { title: 'Tone', value: sql.raw('c.tone') },
  flags: { title: 'Flags', value: sql.raw('c.flag_count') },
  functions: { title: 'Functions', value: safe(`array_to_string(c.functions, '; ')`) },
  tags: { title: 'Tags', value: safe(`array_to_string(c.tags, '; ')`) },
  language: { title: 'Language', value: safe('c.language') },
  started: { title: 'Started', value: time('c.started_at') },
  ended: { title: 'Ended', value: time('c.ended_at') },
  lastMessage: { title: 'Last message', value: time('c.last_message_at') },
  tokensIn: { title: 'Tokens in', value: sql.raw('c.tokens_in') },
  tokensOut: { title: 'Tokens out', value: sql.raw('c.tokens_out') },
  cost: { title: 'Cost (USD)', value: sql.raw('c.cost_usd') },
  memory: { title: 'Memory', value: sql.raw(`nullif(c.memory, '{}')`) },
  preview: { title: 'Last words', value: safe('c.preview') },
}

const NOTES = `(select string_agg(coalesce(e.author_name || ': ', '') || e.text, E'\\n' order by e.position) from entry e
  where e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.kind = 'note')`

export function rowsOf(wanted: Wanted, columns: readonly ExportColumn[], withNotes: boolean) {
  const chosen = [...new Set(columns)].map(
    (column) => sql`${COLUMNS[column].value} as ${sql.raw(`"${COLUMNS[column].title}"`)}`,
  )
  if (withNotes) chosen.push(sql`(select ${safe('n.notes')} from (select ${sql.raw(NOTES)} as notes) n) as "Notes"`)
  return sql`
    select ${sql.join(chosen)}
      from conversation c
      join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
      join stage s on s.workspace_id = c.workspace_id and s.key = c.stage_key
      left join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id
      left join flow f on f.workspace_id = c.workspace_id and f.id = c.flow_id
      left join member m on m.workspace_id = c.workspace_id and m.id = c.assignee_id
     where ${found(wanted)} order by c.number`
}
