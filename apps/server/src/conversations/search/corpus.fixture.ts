/** Fifty thousand messages in three scripts, the same in every run, and which of them a plain reading finds. */
import type { TestWorkspace } from '../../test/app.ts'
import type { TestDatabase } from '../../test/database.ts'

export interface Told {
  id: string
  status: string
  channel: string
  startedAt: number
  lastMessageAt: number
  messages: number
  /** Folded by the database: names and ids, then everything said. */
  texts: string[]
  phone: string
}

const ODD = [
  '100% sure',
  'a_b',
  'C:\\dir\\file',
  'ＦＵＬＬ width',
  'ﬁne',
  'İstanbul',
  'it\'s "quoted"',
  '👍🏽 ok',
  'naïve café',
  'Größe',
  'x@mail.example',
  '#AB123456',
  'ΟΔΟΣ',
  '退款，谢谢',
  'الطلبات',
  '한국어',
]
const LETTERS = [
  'abcdefghijklmnopqrstuvwxyz',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  '的我你是了在请问订单退款物流快递什么时候可以谢谢您好客服人工地址电话号码付款取消商品',
]
const BASE = Date.UTC(2025, 0, 1)

export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Words whose n-th comes up 1/n as often as the first. */
function speaker(random: () => number): (script: number, length: number) => string {
  const words = LETTERS.map((letters, script) =>
    Array.from({ length: script === 2 ? 2000 : 6000 }, (_, rank) => {
      const length = script === 2 ? 1 + (rank % 3) : 2 + Math.floor(random() * 8)
      return Array.from({ length }, () => letters[Math.floor(random() ** 1.5 * letters.length)]).join('')
    }),
  )
  const word = (script: number) => words[script]![Math.floor(words[script]!.length ** random()) - 1]!
  return (script, length) =>
    Array.from({ length }, () =>
      random() < 0.02 ? ODD[Math.floor(random() * ODD.length)]! : random() < 0.1 ? `${word(script)},` : word(script),
    ).join(script === 2 ? '' : ' ')
}

export async function tellCorpus(database: TestDatabase, workspace: TestWorkspace, count: number): Promise<void> {
  const random = seededRandom(7)
  const say = speaker(random)
  const { owner } = database
  const { rows } = await owner.query<{ agent: string; channel: string }>(
    `select (select id from agent where workspace_id = $1 limit 1) as agent, (select id from channel where workspace_id = $1 limit 1) as channel`,
    [workspace.id],
  )
  const conversations: unknown[] = []
  const entries: unknown[] = []
  for (let n = 1; n <= count; n++) {
    const script = random() < 0.7 ? 0 : random() < 0.5 ? 1 : 2
    const start = BASE + n * 3_600_000
    const id = `0194${n.toString(16).padStart(4, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
    const length = 2 + Math.floor(-Math.log(1 - random()) * 8)
    const last = start + length * 60_000
    conversations.push({
      id,
      n,
      title: say(script, 4),
      name: say(script, 2),
      email: `p${n}@mail${n % 9}.example`,
      phone: `+49 (${100 + (n % 800)}) ${1000 + n}-${n % 100}`,
      session: `sess_${Math.floor(random() * 1e9).toString(36)}`,
      length,
      status: random() < 0.2 ? 'active' : 'closed',
      kind: random() < 0.3 ? 'whatsapp' : 'api',
      start: new Date(start).toISOString(),
      last: new Date(last).toISOString(),
    })
    for (let position = 1; position <= length; position++)
      entries.push({
        id,
        position,
        kind: random() < 0.05 ? 'note' : random() < 0.05 ? 'coaching' : 'message',
        text: say(script, 3 + Math.floor(random() * 15)),
        at: new Date(start + position * 60_000).toISOString(),
      })
  }
  await insert(owner, workspace.id, rows[0]!, conversations, entries)
}

async function insert(
  owner: TestDatabase['owner'],
  workspaceId: string,
  { agent, channel }: { agent: string; channel: string },
  conversations: unknown[],
  entries: unknown[],
): Promise<void> {
  await owner.query(
    `insert into contact (workspace_id, id, name, email, phone)
     select $1, x.id, x.name, x.email, x.phone from jsonb_to_recordset($2) as x (id uuid, name text, email text, phone text)`,
    [workspaceId, JSON.stringify(conversations)],
  )
  await owner.query(
    `insert into conversation (workspace_id, id, number, session_id, title, channel_id, channel_kind, contact_id, agent_id, status, last_position, message_count, started_at, last_message_at, activity_min)
     select $1, x.id, x.n, x.session, x.title, $3, x.kind, x.id, $4, x.status, x.length, x.length, x.start, x.last, date_bin('10 minutes', x.last, '2000-01-01')
       from jsonb_to_recordset($2) as x (id uuid, n int, session text, title text, kind text, status text, length int, start timestamptz, last timestamptz)`,
    [workspaceId, JSON.stringify(conversations), channel, agent],
  )
  for (let from = 0; from < entries.length; from += 10_000)
    await owner.query(
      `insert into entry (workspace_id, conversation_id, position, kind, author_kind, text, at)
       select $1, x.id, x.position, x.kind, 'contact', x.text, x.at from jsonb_to_recordset($2) as x (id uuid, position int, kind text, text text, at timestamptz)`,
      [workspaceId, JSON.stringify(entries.slice(from, from + 10_000))],
    )
  await owner.query('analyze')
}

/** Everything as it stands, in the order of the list. */
export async function readCorpus({ owner }: TestDatabase, workspaceId: string): Promise<Told[]> {
  const { rows } = await owner.query<Told>(
    `select c.id, c.status, c.channel_kind as channel, extract(epoch from c.started_at)::float8 * 1000 as "startedAt", extract(epoch from c.last_message_at)::float8 * 1000 as "lastMessageAt", c.message_count as messages, coalesce(digits(t.phone), '') as phone,
            array_remove(array[fold(c.session_id), fold(c.title), fold(t.name), fold(t.email), fold(t.phone), fold(a.name)], null)
              || array(select fold(e.text) from entry e where e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.kind in ('message', 'note')) as texts
       from conversation c join contact t on t.workspace_id = c.workspace_id and t.id = c.contact_id left join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id
      where c.workspace_id = $1 order by c.activity_min desc, c.last_message_at desc, c.id desc`,
    [workspaceId],
  )
  return rows
}

export const finds = ({ texts, phone }: Told, term: string): boolean => {
  const digits = /^[-+0-9 ()./]+$/.test(term) ? term.replace(/\D/g, '') : ''
  return texts.some((text) => text.includes(term)) || (digits.length >= 3 && phone.includes(digits))
}

/** A piece of what stands somewhere, cut anywhere; now and then with a letter more, which is mostly nowhere. */
export function drawTerm(random: () => number, corpus: Told[]): string {
  const { texts, phone } = corpus[Math.floor(random() * corpus.length)]!
  if (random() < 0.05) return phone.slice(2, 5 + Math.floor(random() * 5))
  const text = [...texts[Math.floor(random() * texts.length)]!]
  const length = 1 + Math.floor(random() < 0.35 ? random() * 2 : random() * 14)
  const from = Math.floor(random() * Math.max(1, text.length - length))
  const piece = text.slice(from, from + length).join('')
  return random() < 0.1 ? `${piece}q` : random() < 0.1 ? piece.toUpperCase() : piece
}

export const FIXED = [
  '100%',
  '%',
  '_',
  'a_b',
  '\\',
  'dir\\file',
  'C:\\',
  'full',
  'ﬁne',
  'fine',
  'istanbul',
  'İSTANBUL',
  'CAFÉ',
  'cafe',
  'groesse',
  'GRÖSSE',
  'grosse',
  "it's",
  '"',
  '👍',
  '👍🏽',
  '订单',
  '退',
  '款，谢',
  'الطلب',
  'οδος',
  'ΟΔΟΣ',
  '한',
  ',',
  '. ',
  'sess_',
  '@mail3.example',
  '+49',
  '(100)',
  '100 1',
  'zzzqqqxx',
  'q',
  'ab',
  "'; drop table entry; --",
  '\u0000x',
  '  ',
]
