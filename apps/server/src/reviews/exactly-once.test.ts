/**
 * Exactly one review a quiet period, on the real database: two nodes sweep at once, are killed midway, have wrong clocks, and people write
 * at the boundary. Three sequences here; TEST_REVIEW_SEQUENCES says how many else.
 */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Context } from '../platform/context.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import { reviewSweep } from './index.ts'

let app: TestApp
let other: Awaited<ReturnType<TestApp['startSecondNode']>>
beforeAll(async () => {
  app = await startTestApp()
  other = await app.startSecondNode()
})
afterAll(() => app?.stop())
afterEach(() => vi.useRealTimers())

const RUNS = Number(process.env.TEST_REVIEW_SEQUENCES ?? 3)

const which = fc.nat(2)
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('say' as const), to: which, by: fc.constantFrom('contact', 'agent') }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('fall silent' as const), to: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'reopen' as const), to: which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sweep' as const),
      on: fc.constantFrom('one', 'other', 'both'),
      /** What happens while a review is being made. */
      meanwhile: fc.constantFrom('nothing', 'nothing', 'a message', 'a crash', 'the line is cut'),
      clockDays: fc.constantFrom(0, 0, 3, -3),
    }),
  },
)
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

interface Place {
  externalId: string
  id: string
  /** Where the log ended when it was quiet or over: nothing else may be reviewed. */
  ends: Set<number>
  quiet: boolean
}

const sql = async (text: string, values: unknown[] = []) => (await app.database.owner.query(text, values)).rows
const ana = () => app.north.people.ana.caller

test('one review a quiet period, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 18 }), async (commands) => {
      const places = await Promise.all([open(), open(), open()])
      for (const one of commands) {
        await carryOut(one, places)
        await look(places)
      }
      await settle(places)
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 600_000)

async function open(): Promise<Place> {
  const externalId = crypto.randomUUID()
  const place = { externalId, id: '', ends: new Set<number>(), quiet: false }
  place.id = await say(place, 'contact')
  return place
}

async function say(place: Place, author: string): Promise<string> {
  const { externalId } = place
  const text = 'My order HP-2042 never arrived, where is it and when will it come?'
  const message = { externalId: crypto.randomUUID(), author, text }
  const reply = await app.north.machine.post('/api/v1/ingest/messages', { conversation: { externalId }, message })
  // Where it is closed, or a person has the floor, an agent is refused.
  if (author === 'agent' && reply.body.code === 'control.stale') return ''
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  place.quiet = false
  return reply.body.conversationId
}

async function carryOut(one: Command, places: Place[]): Promise<void> {
  if (one.do === 'sweep') return sweep(one, places)
  const place = places[one.to]!
  if (one.do === 'say') await say(place, one.by)
  if (one.do === 'fall silent') await fallSilent(place)
  if (one.do === 'close') await ana().post(`/api/v1/conversations/${place.id}/close`)
  if (one.do === 'reopen') await ana().post(`/api/v1/conversations/${place.id}/reopen`)
  // Neither says anything: what was quiet stays so, and ends one line later.
  if (one.do === 'close' || (one.do === 'reopen' && place.quiet)) await note(place)
}

async function fallSilent(place: Place): Promise<void> {
  await sql("update conversation set last_message_at = last_message_at - interval '11 minutes' where id = $1", [
    place.id,
  ])
  place.quiet = true
  await note(place)
}

async function note({ id, ends }: Place): Promise<void> {
  const [row] = await sql('select last_position from conversation where id = $1', [id])
  ends.add(row!.last_position)
}

/** A sweep of a node that has just started; where two sweep, both do at once. */
async function sweep(one: Extract<Command, { do: 'sweep' }>, places: Place[]): Promise<void> {
  if (one.clockDays !== 0) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + one.clockDays * 86_400_000 })
  }
  const nodes = { one: [app.app], other: [other], both: [app.app, other] }[one.on]!
  const sweeps = nodes.map(({ node }) => {
    const analyze: Context['analyzer']['analyze'] = async (...args) => {
      await happens(one.meanwhile, places)
      return node.services.analyzer.analyze(...args)
    }
    const services = { ...node.services, analyzer: { ...node.services.analyzer, analyze } }
    return reviewSweep({ services, afterSeconds: null })()
  })
  await Promise.allSettled(sweeps)
  vi.useRealTimers()
}

async function happens(what: string, places: Place[]): Promise<void> {
  if (what === 'a message') await say(places[0]!, 'contact')
  if (what === 'a crash') throw new Error('killed')
  // Right after this the transaction that stores is open: some are cut before, some within, some after their commit.
  if (what === 'the line is cut')
    setImmediate(
      () =>
        void sql(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and state <> 'idle' and query ~ 'review' and pid <> pg_backend_pid()`).catch(
          () => {},
        ),
    )
}

const reviewsOf = ({ id }: Place) =>
  sql(
    `select r.id, r.through_position as through, (select count(*)::int from event e where e.type = 'review.completed' and e.payload ->> 'reviewId' = r.id::text) as told
       from review r where r.conversation_id = $1 order by r.id`,
    [id],
  )

const kept = new Map<string, string[]>()
async function look(places: Place[]): Promise<void> {
  for (const place of places) {
    const reviews = await reviewsOf(place)
    const throughs = reviews.map(({ through }) => through)
    expect(throughs, 'each end of the log once, in order').toEqual([...new Set(throughs)].sort((a, b) => a - b))
    for (const through of throughs) expect([...place.ends], 'only what was quiet or over').toContain(through)
    for (const { told } of reviews) expect(told, 'told once').toBe(1)
    const ids = reviews.map(({ id }) => id)
    expect(ids.slice(0, kept.get(place.id)?.length), 'older ones stay').toEqual(kept.get(place.id) ?? [])
    kept.set(place.id, ids)
  }
}

/** In the end everything quiet is reviewed, once, to its last word; sweeping on changes nothing. */
async function settle(places: Place[]): Promise<void> {
  const sweepAll = () => sweep({ do: 'sweep', on: 'both', meanwhile: 'nothing', clockDays: 0 }, places)
  for (const place of places) await fallSilent(place)
  await sweepAll()
  await sweepAll()
  await look(places)
  for (const place of places) {
    const [row] = await sql(
      "select last_position, review_due, reviewed_at between now() - interval '1 hour' and clock_timestamp() as timely from conversation where id = $1",
      [place.id],
    )
    expect(row!.timely, 'by the clock of the database').toBe(true)
    expect(row!.review_due).toBeNull()
    const [said] = await sql(
      "select max(position)::int as last from entry where conversation_id = $1 and kind = 'message'",
      [place.id],
    )
    const through = (await reviewsOf(place)).at(-1)?.through
    expect(through).toBeGreaterThanOrEqual(said!.last)
    expect(through).toBeLessThanOrEqual(row!.last_position)
  }
}
