/** The log's rules hold alike for a batch and for a single entry, for any order of what people and agents do. */
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppendItem } from '../../conversations/index.ts'
import { batchStatement, singleStatement } from '../../conversations/queries-append.ts'
import { startTestApp, type TestApp } from '../app.ts'

let app: TestApp
let client: pg.Client
beforeAll(async () => {
  app = await startTestApp()
  client = await app.app.node.database.connect('test')
})
afterAll(async () => {
  await client?.end()
  await app?.stop()
})

let count = 0
async function newConversation(): Promise<string> {
  const conversation = { externalId: `append-${++count}` }
  const { body } = await app.north.machine.post('/api/v1/ingest/messages', {
    conversation,
    message: { externalId: 'first', author: 'contact', text: 'first' },
  })
  return body.conversationId
}

const operator = () => app.north.people.ana.memberId
const itemArbitrary = fc.record({
  kind: fc.constantFrom(
    'message' as const,
    'message' as const,
    'note' as const,
    'function_call' as const,
    'activity' as const,
  ),
  author: fc.constantFrom('contact' as const, 'agent' as const, 'operator' as const, 'system' as const),
  text: fc.constantFrom('a', 'b', null),
  key: fc.constantFrom('k1', 'k2', 'k3', null),
  epoch: fc.constantFrom(1, 2, 3, null),
  origin: fc.constantFrom('live' as const, 'ingest' as const, 'history' as const),
})
type Given = typeof itemArbitrary extends fc.Arbitrary<infer T> ? T : never
/** What else happens to a conversation between appends, as SQL. */
const worldArbitrary = fc.constantFrom(
  "control = 'operator', assignee_id = $3, epoch = epoch + 1",
  "control = 'operator', assignee_id = (select id from member where workspace_id = $1 and name = 'Ben'), epoch = epoch + 1",
  "control = 'agent', assignee_id = null, epoch = epoch + 1",
  "control = 'paused', epoch = epoch + 1",
  'blocked = not blocked, epoch = epoch + 1',
  "status = 'closed', ended_at = now(), epoch = epoch + 1",
  "status = 'closed', ended_at = now() - interval '100 hours', epoch = epoch + 1",
  "status = 'active', ended_at = null",
)
const stepArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ items: fc.array(itemArbitrary, { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ world: worldArbitrary }) },
)

async function change(id: string, set: string): Promise<void> {
  const values = set.includes('$3') ? [app.north.id, id, operator()] : [app.north.id, id]
  await app.database.owner.query(`update conversation set ${set} where workspace_id = $1 and id = $2`, values)
}

const COMPARED = `status, control, epoch, blocked, last_position, message_count, contact_messages, agent_messages, operator_messages, unread, has_unread,
  read_position, review_due, segment, segment_position, preview, preview_author, functions, outcome, end_reason, handoff_state, (first_unanswered_at is null) as answered`

async function stateOf(id: string) {
  const { rows } = await app.database.owner.query(`select ${COMPARED} from conversation where id = $1`, [id])
  const entries = await app.database.owner.query(
    'select position, kind, author_kind, text, client_key from entry where conversation_id = $1 order by position',
    [id],
  )
  return {
    row: rows[0],
    entries: entries.rows.map((e) => ({ ...e, client_key: e.client_key?.startsWith('~') ? '~' : e.client_key })),
  }
}

function asItem(id: string, given: Given): AppendItem {
  return {
    workspaceId: app.north.id,
    conversationId: id,
    kind: given.kind,
    author: { kind: given.author, id: given.author === 'operator' ? operator() : null, name: null },
    text: given.text,
    data:
      given.kind === 'function_call'
        ? { functionCall: { name: 'f', parameters: {}, result: null, status: 'ok', durationMs: 1 } }
        : null,
    clientKey: given.key ?? `~${crypto.randomUUID()}`,
    epoch: given.epoch,
    origin: given.origin,
  }
}

/** As the writer does: what comes back busy is sent again, in order. */
async function sendTogether(items: AppendItem[]): Promise<unknown[][]> {
  const { rows } = await client.query<unknown[]>(batchStatement(items, true))
  const busy = rows.flatMap(([outcome], i) => (outcome === 'busy' ? [i] : []))
  if (busy.length === 0) return rows
  const again = await sendTogether(busy.map((i) => items[i]!))
  return rows.map((row, i) => (busy.includes(i) ? again[busy.indexOf(i)]! : row))
}

/** A follower may hold the conversation for a moment. */
async function sendAlone(item: AppendItem): Promise<unknown[]> {
  const row = (await client.query<unknown[]>(singleStatement(item))).rows[0]!
  return row[0] === 'busy' ? sendAlone(item) : row
}

test('a batch does what its entries would have done one by one', { timeout: 400_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 1, maxLength: 12 }), async (steps) => {
      const [together, alone] = [await newConversation(), await newConversation()]
      for (const step of steps) {
        if ('world' in step) {
          await change(together, step.world)
          await change(alone, step.world)
          continue
        }
        const batch = await sendTogether(step.items.map((i) => asItem(together, i)))
        const singles: unknown[][] = []
        for (const item of step.items) singles.push(await sendAlone(asItem(alone, item)))
        const verdicts = (rows: unknown[][]) => rows.map(([outcome, position]) => [outcome, position])
        expect(verdicts(batch)).toEqual(verdicts(singles))
      }
      expect(await stateOf(together)).toEqual(await stateOf(alone))
    }),
    { numRuns: 150 },
  )
})

test('the same entry sent ten times in parallel is stored once', async () => {
  const id = await newConversation()
  const item = asItem(id, {
    kind: 'message',
    author: 'contact',
    text: 'once',
    key: 'ten',
    epoch: null,
    origin: 'live',
  } as never)
  const results = await Promise.all(Array.from({ length: 10 }, () => app.north.ctx.append(item)))
  expect(results.map((r) => r.outcome).sort()).toEqual(['appended', ...Array(9).fill('duplicate')])
  expect(new Set(results.map((r) => r.position)).size).toBe(1)
  expect((await app.north.ctx.append({ ...item, text: 'other' })).outcome).toBe('conflict')
})

test('an entry PostgreSQL refuses does not harm the others of its batch', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, newConversation))
  const poison = (id: string): AppendItem => ({
    ...asItem(id, { kind: 'message', author: 'contact', text: null, key: null, epoch: null, origin: 'live' } as never),
    kind: 'nonsense' as never,
  })
  const good = (id: string) =>
    asItem(id, { kind: 'message', author: 'contact', text: 'fine', key: null, epoch: null, origin: 'live' } as never)
  const results = await Promise.allSettled(
    ids.flatMap((id) => [
      app.north.ctx.append(good(id)),
      app.north.ctx.append(poison(id)),
      app.north.ctx.append(good(id)),
    ]),
  )
  expect(results.filter((r) => r.status === 'rejected')).toHaveLength(6)
  const { rows } = await app.database.owner.query(
    'select distinct last_position from conversation where id = any ($1)',
    [ids],
  )
  expect(rows).toEqual([{ last_position: 3 }])
})

test('a conversation somebody holds does not hold up the others', async () => {
  const [held, free] = [await newConversation(), await newConversation()]
  const holder = await app.database.owner.connect()
  await holder.query('begin')
  await holder.query('select from conversation where id = $1 for update', [held])
  const item = (id: string) =>
    asItem(id, { kind: 'message', author: 'contact', text: 'x', key: null, epoch: null, origin: 'live' } as never)
  const waiting = [app.north.ctx.append(item(held)), app.north.ctx.append(item(held))]
  expect((await app.north.ctx.append(item(free))).outcome).toBe('appended')
  await holder.query('commit')
  holder.release()
  expect((await Promise.all(waiting)).map((r) => r.position)).toEqual([2, 3])
})

test('view counts equal a recount after everything above', async () => {
  const { rows } = await app.database.owner.query(
    `
    with counted as (select key, sum(n)::int as n from counter_delta where workspace_id = $1 group by key having sum(n) <> 0),
    recounted as (select k as key, count(*)::int as n from conversation c, unnest(view_keys(c)) k where c.workspace_id = $1 group by k)
    select c.key as counted, r.key as recounted, c.n as counted_n, r.n as recounted_n from counted c full join recounted r using (key) where c.n is distinct from r.n`,
    [app.north.id],
  )
  expect(rows).toEqual([])
})
