/** Writes the seeded workspace into its tables, by COPY. */
import pg from 'pg'
import { CopyIn } from './copy-in.ts'
import {
  type Cast,
  type SeedConversation,
  type SeedMessage,
  settle,
  tellConversations,
  timeOrderedId,
} from './seed-conversations.ts'
import { openWords, type Random, seededRandom, type Words } from './seed-words.ts'

const COLUMNS = {
  contact: ['workspace_id', 'id', 'name', 'email', 'phone', 'last_active_at', 'created_at'],
  conversation:
    'workspace_id id number session_id title channel_id channel_kind contact_id agent_id assignee_id status control handoff_state handoff_at outcome stage_key last_position message_count contact_messages agent_messages operator_messages unread has_unread preview preview_author functions tags rating has_audio reviewed_at quality tone flags flag_count language started_at last_message_at activity_min ended_at'.split(
      ' ',
    ),
  entry: ['workspace_id', 'conversation_id', 'position', 'kind', 'author_kind', 'text', 'at'],
  review:
    'workspace_id id conversation_id segment through_position reason applicable score tone analyser analyser_version analysis created_at'.split(
      ' ',
    ),
  review_flag: ['workspace_id', 'id', 'review_id', 'conversation_id', 'code', 'severity', 'reason', 'created_at'],
} as const
type Table = keyof typeof COLUMNS

/** One run without checks of keys and triggers, then everything those would have left behind. */
export async function fillWorkspace(
  owner: pg.Pool,
  workspaceId: string,
  memberId: string,
  conversations: number,
): Promise<void> {
  const random = seededRandom(12_345)
  const words = openWords(random)
  const cast = await furnishCast(owner, workspaceId, memberId)
  const { clients, copies } = await openCopies(owner)
  const contacts = contactsOf(random, words, copies.contact, workspaceId)
  const gone = async () => {
    for (const copy of Object.values(copies)) await copy.flush()
  }
  let count = 0
  for await (const { message, conversation, over } of tellConversations({ random, words }, conversations)) {
    copies.entry.write(entryRow(workspaceId, conversation, message))
    if (over) {
      conversation.contactId = contacts.next(conversation)
      writeConversation(random, words, copies, workspaceId, cast, conversation)
    }
    if (++count % 500 === 0) await gone()
  }
  for (const copy of Object.values(copies)) await copy.end()
  for (const client of clients) await client.end()
  await owner.query(
    `insert into counter_delta (workspace_id, key, n)
       select c.workspace_id, k, count(*) from conversation c, unnest(view_keys(c) || case when c.has_unread then array['unread'] else '{}' end) k
        where c.workspace_id = $1 group by 1, 2`,
    [workspaceId],
  )
  await owner.query('select recount_cells($1)', [workspaceId])
  await owner.query('update workspace set next_number = $2 where workspace_id = $1', [workspaceId, conversations + 1])
  await owner.query('vacuum (freeze, analyze)')
}

async function openCopies(owner: pg.Pool): Promise<{ clients: pg.Client[]; copies: Record<Table, CopyIn> }> {
  const clients: pg.Client[] = []
  const open = async (table: Table): Promise<CopyIn> => {
    const client = new pg.Client({
      connectionString: owner.options.connectionString,
      options: '-c search_path=earshot -c session_replication_role=replica -c synchronous_commit=off',
    })
    await client.connect()
    clients.push(client)
    return new CopyIn(client, table, [...COLUMNS[table]])
  }
  const copies = {
    contact: await open('contact'),
    conversation: await open('conversation'),
    entry: await open('entry'),
    review: await open('review'),
    review_flag: await open('review_flag'),
  }
  return { clients, copies }
}

async function furnishCast(owner: pg.Pool, workspaceId: string, memberId: string): Promise<Cast> {
  const ids = async (statement: string, values: unknown[]) =>
    (await owner.query<{ id: string; name: string; kind: string }>(statement, values)).rows
  const agents = await ids(
    `insert into agent (workspace_id, name, company, mode) select $1, 'Agent ' || n, 'Company ' || (n % 7), 'passive' from generate_series(1, 50) n returning id, name`,
    [workspaceId],
  )
  const channels = await ids(
    `insert into channel (workspace_id, kind, name, key) select $1, k, 'Seeded ' || k, 'seeded-' || k
       from unnest(array['widget', 'web', 'whatsapp', 'telegram', 'messenger', 'slack', 'voip', 'crm', 'api']) k returning id, kind`,
    [workspaceId],
  )
  const members = await ids(
    `insert into member (workspace_id, user_id, name, email, role) select $1, 'seeded-' || n, 'Operator ' || n, 'operator' || n || '@example.com', 'operator'
       from generate_series(1, 9) n returning id`,
    [workspaceId],
  )
  const stages = await owner.query<{ key: string }>('select key from stage where workspace_id = $1 order by position', [
    workspaceId,
  ])
  return { agents, channels, members: [memberId, ...members.map((m) => m.id)], stages: stages.rows.map((s) => s.key) }
}

/** Six in ten conversations bring a new contact; the others are of one who came before. */
function contactsOf(random: Random, words: Words, copy: CopyIn, workspaceId: string) {
  const known: string[] = []
  return {
    next(conversation: SeedConversation): string {
      if (known.length > 0 && random() < 0.4) return known[Math.floor(random() * known.length)]!
      const id = timeOrderedId(words, conversation.startedAt)
      const name = words.name()
      const plain =
        name
          .normalize('NFD')
          .toLowerCase()
          .replace(/[^a-z ]/g, '')
          .trim()
          .replaceAll(' ', '.') || 'guest'
      const phone = `+${30 + Math.floor(random() * 60)} ${words.digits(3)} ${words.digits(3)}-${words.digits(4)}`
      copy.write([
        workspaceId,
        id,
        name,
        `${plain}${words.digits(3)}@example.com`,
        phone,
        iso(conversation.lastMessageAt),
        iso(conversation.startedAt),
      ])
      known.push(id)
      return id
    },
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()

const entryRow = (workspaceId: string, conversation: SeedConversation, message: SeedMessage) => [
  workspaceId,
  conversation.id,
  message.position,
  'message',
  message.author,
  message.text,
  iso(message.at),
]

function writeConversation(
  random: Random,
  words: Words,
  copies: Record<Table, CopyIn>,
  workspaceId: string,
  cast: Cast,
  c: SeedConversation,
): void {
  const end = settle(random, cast, c)
  const at = iso(c.lastMessageAt)
  const author = c.messages % 2 === 1 ? 'contact' : 'agent'
  // biome-ignore format: one line a group of columns
  copies.conversation.write([
    workspaceId, c.id, c.number, c.sessionId, c.title, end.channel.id, end.channel.kind, c.contactId, end.agent.id, end.assignee,
    end.status, end.control, end.handoff, end.handoff === 'none' ? null : at, end.outcome, end.stage,
    c.messages, c.messages, c.ofContact, c.messages - c.ofContact - c.ofOperator, c.ofOperator, end.unread, end.unread > 0,
    c.preview, author, end.functions, end.tags, end.rating, end.hasAudio, end.isReviewed ? at : null, end.quality, end.tone,
    end.flags, end.flags.length, c.language, iso(c.startedAt), at, iso(Math.floor(c.lastMessageAt / 600_000) * 600_000),
    end.status === 'active' ? null : at,
  ])
  if (!end.isReviewed) return
  const reviewId = timeOrderedId(words, c.lastMessageAt)
  const analysis = JSON.stringify({ shaped: shapedReview(c.title, end.quality, end.tone), raw: {} })
  // biome-ignore format: one line a group of columns
  copies.review.write([
    workspaceId, reviewId, c.id, 1, c.messages, 'idle', true, end.quality, end.tone, 'embedded', 'seeded', analysis, at,
  ])
  for (const code of end.flags)
    copies.review_flag.write([
      workspaceId,
      timeOrderedId(words, c.lastMessageAt),
      reviewId,
      c.id,
      code,
      'review',
      'Seeded.',
      at,
    ])
}

const shapedReview = (title: string, score: number | null, tone: string | null) => ({
  applicable: true,
  notApplicableReason: null,
  title,
  sessionSummary: `The customer asked about this: ${title}`,
  intent: null,
  agentPerformance: null,
  extracted: [],
  quality: { score, rubric: 'seeded', judged: 'agent', caps: [], parts: [] },
  sentiment: { tone, polarity: null, emotions: [], trend: { start: null, lowest: null, end: null } },
  unanswered: [],
  suggestedStage: null,
  suggestedTags: [],
  outcome: null,
  resolution: 'unknown',
  converted: null,
  language: null,
})
