/** What must hold of a queue at rest, read straight from the tables. Written apart from the code it judges. */
import { expect } from 'vitest'
import type { World } from './world.fixture.ts'

interface Row {
  id: string
  status: string
  control: string
  blocked: boolean
  handoff: string
  asked: Date | null
  priority: string
  skills: string[]
  assignee: string | null
  state: string | null
  reason: string | null
  routed: string | null
  keeps: boolean | null
  told: Date | null
  offers: number
  offeredTo: string | null
  offeredAt: Date | null
  declined: string[]
}
interface Person {
  id: string
  state: string
  skills: string[]
  cap: number
  has: number
}
export interface Seen {
  rows: Row[]
  people: Person[]
  now: Date
}

export async function look(world: World): Promise<Seen> {
  const { rows: clock } = await world.database.owner.query<{ now: Date }>('select clock_timestamp() as now')
  const now = new Date(clock[0]!.now.getTime() + world.ahead)
  const { rows } = await world.database.owner.query<Row>(
    `select c.id, c.status, c.control, c.blocked, c.handoff_state as handoff, c.handoff_at as asked, c.priority, c.handoff_skills as skills,
            c.assignee_id as assignee, q.state, q.wait_reason as reason, q.routed, q.keeps, q.told_until as told,
            (select count(*)::int from queue_offer o where o.conversation_id = c.id and o.ended_at is null) as offers,
            o.member_id as "offeredTo", o.at as "offeredAt",
            array(select p.member_id::text from queue_offer p where p.conversation_id = c.id and p.result = 'declined' and p.ended_at > $1::timestamptz - interval '10 minutes') as declined
       from conversation c left join queue_item q on q.conversation_id = c.id
       left join queue_offer o on o.conversation_id = c.id and o.ended_at is null
      where c.status = 'active' order by array_position(array['urgent', 'high', 'normal', 'low'], c.priority::text), c.handoff_at, c.id`,
    [now],
  )
  const { rows: people } = await world.database.owner.query<Person>(
    `select m.id, coalesce(p.state, 'offline') as state, coalesce(p.skills, '{}') as skills, coalesce(p.cap_chat, 4) as cap,
            (select count(*)::int from conversation c where c.status = 'active' and c.control = 'operator' and c.assignee_id = m.id and c.handoff_state not in ('queued', 'offered'))
            + (select count(*)::int from queue_offer o where o.member_id = m.id and o.ended_at is null) as has
       from member m left join queue_operator p on p.member_id = m.id where m.removed_at is null and m.user_id <> 'nobody'`,
  )
  return { rows, people, now }
}

const waits = (row: Row) => row.handoff === 'queued' || row.handoff === 'offered'
const suits = (person: Person, row: Row) =>
  person.state === 'available' &&
  row.skills.every((skill) => person.skills.includes(skill)) &&
  !row.declined.includes(person.id)

/** True at every moment, settled or not: nobody is lost, nobody is served twice. */
export function expectSound({ rows }: Seen): void {
  for (const row of rows) {
    const told = JSON.stringify(row)
    if (row.control === 'queue' && !row.blocked) expect(waits(row), `waits without a request: ${told}`).toBe(true)
    if (waits(row)) expect(row.state, `lost: ${told}`).toBe('waiting')
    else expect(row.state === 'waiting', `still in the queue: ${told}`).toBe(false)
    if (row.control === 'operator')
      expect([row.state, row.assignee !== null], `held by nobody: ${told}`).toEqual(['held', true])
    expect(row.offers, `offered twice: ${told}`).toBeLessThanOrEqual(1)
    if (row.offers > 0) expect(row.handoff, `offered, and does not say so: ${told}`).toBe('offered')
  }
}

/** True once the queue is settled. `since`: offers made from then on were made by the rules as they are now. */
export function expectSettled({ rows, people, now }: Seen, since: Date, open: boolean): void {
  const person = new Map(people.map((p) => [p.id, p]))
  const waiting = rows.filter(waits)
  for (const row of waiting) {
    const told = JSON.stringify({ row, people, open })
    expect(row.handoff === 'offered', `says offered: ${told}`).toBe(row.offers === 1)
    if (row.offeredTo) expect(person.get(row.offeredTo)?.state, `offered to somebody away: ${told}`).toBe('available')
    else
      expect(
        ['out_of_hours', 'nobody_here', 'no_skill', 'all_declined', 'all_full'],
        `waits without a reason: ${told}`,
      ).toContain(row.reason)
    if (!open) expect(row.told && row.told > now, `closed, and not told: ${told}`).toBe(true)
    if (open && !row.offeredTo) {
      expect(row.reason, told).not.toBe('out_of_hours')
      const free = people.filter((p) => suits(p, row) && p.has < p.cap)
      expect(free, `waits while somebody is free: ${told}`).toEqual([])
      // Nobody behind in the queue got what this one could have had.
      const overtook = waiting
        .slice(waiting.indexOf(row) + 1)
        .filter((other) => other.offeredTo && other.offeredAt! >= since && suits(person.get(other.offeredTo)!, row))
      expect(overtook, `overtaken: ${told}`).toEqual([])
    }
  }
  for (const p of people) {
    const fresh = waiting.some((row) => row.offeredTo === p.id && row.offeredAt! >= since)
    if (fresh) expect(p.has, `over the cap: ${JSON.stringify({ p, waiting })}`).toBeLessThanOrEqual(p.cap)
  }
  const left = rows.filter(
    (row) =>
      row.control === 'operator' &&
      row.routed === 'offer' &&
      !row.keeps &&
      ['busy', 'offline'].includes(person.get(row.assignee!)?.state ?? 'offline'),
  )
  expect(left, 'left behind by somebody away').toEqual([])
}
