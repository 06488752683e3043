/** The control of a conversation, against a tiny model of it: any sequence of commands, and any that happen at once. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { byHttp, byVerbs, type Driver, people, type Subject } from './control-driver.ts'
import { checkLog } from './control-log.ts'
import { BEGUN, type Command, type Operator, type State, step } from './control-model.ts'

let app: TestApp
let members: Map<string | null, Operator | null>
beforeAll(async () => {
  app = await startTestApp()
  const staff = Object.entries(people(app)) as [Operator, { memberId: string }][]
  members = new Map<string | null, Operator | null>([
    [null, null],
    ...staff.map(([name, { memberId }]) => [memberId, name] as const),
  ])
})
afterAll(() => app?.stop())

const by = fc.constantFrom<Operator>('ana', 'ben', 'olga')
const ago = fc.constantFrom(0, 0, 1, 2)
const plain = <D extends string>(...names: D[]) => fc.record({ do: fc.constantFrom(...names), by })
const agentSays = fc.constant('agentSays' as const)
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('takeOver' as const), by, force: fc.boolean() }) },
  { weight: 4, arbitrary: plain('handBack') },
  { weight: 3, arbitrary: plain('pause', 'handoff') },
  { weight: 4, arbitrary: plain('close', 'reopen', 'archive', 'block', 'unblock', 'unblock') },
  { weight: 2, arbitrary: plain('read', 'note', 'coaching') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('agentHandoff' as const), ago }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('contactSays' as const), at: fc.constantFrom('live', 'ingest') }),
  },
  { weight: 4, arbitrary: fc.record({ do: agentSays, at: fc.constant('live' as const), ago }) },
  { weight: 2, arbitrary: fc.record({ do: agentSays, at: fc.constant('ingest' as const), ago: fc.option(ago) }) },
  { weight: 6, arbitrary: plain('operatorSays') },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('humanElsewhereSays' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), same: fc.boolean() }) },
)

/** What came of commands, to see that the sequences reach everything. */
const outcomes = new Map<string, number>()
let count = 0
async function begin(): Promise<Subject> {
  const externalId = `control-${++count}`
  const message = { externalId: 'first', author: 'contact', text: 'first' }
  const { body } = await app.north.machine.post('/api/v1/ingest/messages', { conversation: { externalId }, message })
  const { rows } = await app.database.owner.query('select contact_id, channel_id from conversation where id = $1', [
    body.conversationId,
  ])
  return { id: body.conversationId, externalId, contactId: rows[0].contact_id, channelId: rows[0].channel_id }
}

/** The row as the model sees it, and the same recomputed from the log. */
async function read({ id }: Subject) {
  const { rows } = await app.database.owner.query(
    `select c.status, c.control, c.assignee_id, c.blocked, c.epoch::int, c.handoff_state as handoff, c.last_position, c.unread, c.has_unread,
        c.read_position, c.preview_author, c.preview,
        json_build_array(c.last_position, c.message_count, c.contact_messages, c.agent_messages, c.operator_messages, c.unread, c.preview, c.preview_author, c.first_unanswered_at is not null) as kept,
        (select json_build_array(count(*), count(*) filter (where m), count(*) filter (where m and author_kind = 'contact'),
            count(*) filter (where m and author_kind = 'agent'), count(*) filter (where m and author_kind = 'operator'),
            count(*) filter (where m and author_kind = 'contact' and position > c.read_position),
            (array_agg(left(text, 120) order by position desc) filter (where m))[1], (array_agg(author_kind order by position desc) filter (where m))[1],
            (array_agg(author_kind order by position desc) filter (where m and author_kind <> 'system'))[1] = 'contact')
           from (select e.*, e.kind = 'message' as m from entry e where e.workspace_id = c.workspace_id and e.conversation_id = c.id) e) as recounted,
        (select max(position) = count(*) and min(position) = 1 from entry e where e.workspace_id = c.workspace_id and e.conversation_id = c.id) as dense
       from conversation c where c.workspace_id = $1 and c.id = $2`,
    [app.north.id, id],
  )
  return rows[0]
}

const seen = (row: Record<string, unknown>): Omit<State, 'kept'> =>
  ({
    status: row.status,
    control: row.control,
    assignee: members.get(row.assignee_id as string | null),
    blocked: row.blocked,
    epoch: row.epoch,
    handoff: row.handoff,
    lastPosition: row.last_position,
    unread: row.unread,
    readPosition: row.read_position,
    preview: row.preview_author,
  }) as Omit<State, 'kept'>

const withoutKept = ({ kept: _, ...state }: State) => state

async function expectSame(subject: Subject, state: State, after: string): Promise<void> {
  const row = await read(subject)
  expect(seen(row), after).toEqual(withoutKept(state))
  expect(row.kept, after).toEqual(row.recounted)
  expect([row.dense, row.has_unread], after).toEqual([true, row.unread > 0])
}

async function follow(drive: Driver, commands: Command[]): Promise<void> {
  const subject = await begin()
  let state = BEGUN
  for (const [i, one] of commands.entries()) {
    const expected = step(state, one, `k${i}`)
    const outcome = await drive(subject, one, state, `k${i}`)
    const after = `${JSON.stringify(state)} then ${JSON.stringify(one)}`
    expect(outcome, after).toBe(expected.outcome)
    const name = `${one.do} ${outcome.replace(/ \d+/, '')}`
    outcomes.set(name, (outcomes.get(name) ?? 0) + 1)
    expect(expected.state.epoch - state.epoch, after).toBeLessThanOrEqual(1)
    state = expected.state
    await expectSame(subject, state, after)
  }
  await checkLog(app, subject.id)
}

/** On each of three lanes. */
const SEQUENCES = Number(process.env.TEST_SEQUENCES ?? 150) / 3

const sequences = fc.array(command, { minLength: 1, maxLength: 30, size: 'max' })
const LANES = [0, 1, 2]

/** Every command, with every end it can come to. */
const ENDS: Partial<Record<Command['do'], string[]>> = {
  takeOver: ['ok', 'conversation.closed', 'conversation.taken'],
  handBack: ['ok', 'conversation.closed', 'conversation.taken'],
  pause: ['ok', 'conversation.closed'],
  handoff: ['ok', 'conversation.closed'],
  agentHandoff: ['ok', 'conversation.closed', 'control.stale'],
  contactSays: ['appended', 'reopened'],
  agentSays: ['appended', 'stale', 'blocked'],
  operatorSays: ['appended', 'reopened', 'agent_answers', 'taken', 'blocked'],
  humanElsewhereSays: ['appended', 'reopened', 'blocked'],
  repeat: ['duplicate', 'conflict'],
}

test(`${3 * SEQUENCES} sequences of commands do what the model says`, { timeout: 300_000 }, async () => {
  const drive = byVerbs(app)
  await Promise.all(
    LANES.map(() =>
      fc.assert(
        fc.asyncProperty(sequences, (commands) => follow(drive, commands)),
        { numRuns: SEQUENCES },
      ),
    ),
  )
  const ends = Object.entries(ENDS).flatMap(([name, each]) => each.map((end) => `${name} ${end}`))
  expect(ends.filter((end) => !outcomes.has(end))).toEqual([])
})

test('sequences over HTTP do what the model says', { timeout: 300_000 }, async () => {
  const drive = byHttp(app)
  await fc.assert(
    fc.asyncProperty(sequences, (commands) => follow(drive, commands)),
    { numRuns: 15 },
  )
})

const orders = <T>(items: T[]): T[][] =>
  items.length < 2 ? [items] : items.flatMap((one, i) => orders(items.toSpliced(i, 1)).map((rest) => [one, ...rest]))

/** Who speaks at once names the epoch it knew before. */
type AtOnce = { command: Command; key: string }

/** What the model says when these come one after the other, each having looked at the state before all of them. */
function inOrder(before: State, all: AtOnce[]): { state: State; outcomes: Map<string, string> } {
  let state = before
  const outcomes = new Map<string, string>()
  for (const { command, key } of all) {
    const late = state.epoch - before.epoch
    const done = step(state, aged(command, late), key)
    outcomes.set(key, done.outcome)
    state = done.state
  }
  return { state, outcomes }
}
const aged = (command: Command, late: number): Command =>
  'ago' in command && command.ago !== null ? ({ ...command, ago: command.ago + late } as Command) : command

/** The verb that says for an operator cannot tell whether it reopened. */
const told = (outcome: string) => (outcome === 'reopened' ? 'appended' : outcome)

const atOnce = fc.array(
  command.filter(({ do: what }) => what !== 'repeat'),
  { minLength: 2, maxLength: 4 },
)

test('commands that happen at once end as if they had come in some order', { timeout: 300_000 }, async () => {
  const drive = byVerbs(app)
  const race = async (first: Command[], racing: Command[]) => {
    const subject = await begin()
    let state = BEGUN
    for (const [i, one] of first.entries()) {
      await drive(subject, one, state, `k${i}`)
      state = step(state, one, `k${i}`).state
    }
    const all = racing.map((one, i) => ({ command: one, key: `r${i}` }))
    const came = await Promise.all(all.map(({ command, key }) => drive(subject, command, state, key)))
    const row = seen(await read(subject))
    const explained = orders(all).some((order) => {
      const predicted = inOrder(state, order)
      const same = all.every(({ key }, i) => told(predicted.outcomes.get(key)!) === told(came[i]!))
      return same && JSON.stringify(withoutKept(predicted.state)) === JSON.stringify(row)
    })
    expect(explained, `${JSON.stringify({ state, racing, came, row })}`).toBe(true)
    await checkLog(app, subject.id)
  }
  await Promise.all(
    LANES.map(() => fc.assert(fc.asyncProperty(fc.array(command, { maxLength: 6 }), atOnce, race), { numRuns: 40 })),
  )
})

test('after all of it view counts equal a recount, and the feed names every entry once', async () => {
  const { rows } = await app.database.owner.query(
    `with counted as (select key, sum(n)::int as n from counter_delta where workspace_id = $1 group by key having sum(n) <> 0),
      recounted as (select k as key, count(*)::int as n from conversation c, unnest(view_keys(c)) k where c.workspace_id = $1 group by k)
      select * from counted c full join recounted r using (key) where c.n is distinct from r.n`,
    [app.north.id],
  )
  expect(rows).toEqual([])
  const told = await app.database.owner.query(
    `select c.id from conversation c where c.workspace_id = $1 and (
        select array_agg(p order by p) from event e, generate_series((e.payload ->> 'from')::int, (e.payload ->> 'to')::int) p
         where e.workspace_id = $1 and e.type = 'conversation.appended' and e.payload ->> 'conversationId' = c.id::text)
      is distinct from (select array_agg(p) from generate_series(1, c.last_position) p)`,
    [app.north.id],
  )
  expect(told.rows).toEqual([])
})
