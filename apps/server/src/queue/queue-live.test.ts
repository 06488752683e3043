/** Replay equals reload, for the queue: a screen that only followed events shows what a fresh load shows. */
import type { LiveEvent, Operator, QueueItem } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../test/app.ts'
import { Screen } from '../test/screen.ts'
import { until } from '../test/until.ts'

let app: TestApp
let ana: Person
let ben: Person
let owner: Person
let screen: Screen
beforeAll(async () => {
  app = await startTestApp()
  ;({ ana, ben, owner } = app.north.people)
  screen = await Screen.open(owner.caller)
  start = await readAll()
})
afterAll(async () => {
  screen?.close()
  await app?.stop()
})

interface Shown {
  items: Record<string, QueueItem>
  operators: Record<string, Operator>
}
let start: Shown

const byId = <T>(all: T[], id: (one: T) => string) => Object.fromEntries(all.map((one) => [id(one), one]))
async function readAll(): Promise<Shown> {
  const items = (await owner.caller.get('/api/v1/queue?state=waiting&state=offered&state=held')).body
    .items as QueueItem[]
  const operators = (await owner.caller.get('/api/v1/queue/operators')).body.items as Operator[]
  return { items: byId(items, (i) => i.conversationId), operators: byId(operators, (o) => o.member.id) }
}

/** What a screen makes of events, in a few lines. */
function apply(shown: Shown, event: LiveEvent): Shown {
  const { items, operators } = shown
  if (event.type === 'operator.changed')
    return { items, operators: { ...operators, [event.operator.member.id]: event.operator } }
  if (event.type === 'queue.changed') {
    const { [event.conversationId]: _, ...rest } = items
    return { operators, items: event.item ? { ...rest, [event.conversationId]: event.item } : rest }
  }
  if (event.type === 'conversation.deleted') {
    const { [event.conversationId]: _, ...rest } = items
    return { operators, items: rest }
  }
  if (event.type !== 'conversation.changed') return shown
  const { conversation } = event
  const held = items[conversation.id]
  const changed = held && { ...held, conversation, priority: conversation.priority }
  return changed ? { operators, items: { ...items, [conversation.id]: changed } } : shown
}

/** When somebody was last heard of changes all the time and is told to nobody; conversations are held to it elsewhere. */
const comparable = ({ items, operators }: Shown) =>
  JSON.stringify([
    Object.values(items)
      .map(({ conversation, ...item }) => ({ ...item, at: conversation.lastPosition, priority: conversation.priority }))
      .sort((a, b) => a.conversationId.localeCompare(b.conversationId)),
    Object.values(operators)
      .map(({ seenAt: _, ...operator }) => operator)
      .sort((a, b) => a.member.id.localeCompare(b.member.id)),
  ])

async function expectCurrent(what: string): Promise<void> {
  let [shown, fresh] = ['', '']
  await until(async () => {
    fresh = comparable(await readAll())
    shown = comparable(screen.events.reduce(apply, start))
    return shown === fresh
  }, `the screen shows the queue as a reload does, after ${what}`).catch(() => {})
  expect(JSON.parse(shown), what).toEqual(JSON.parse(fresh))
}

test('after every command a screen that followed shows what a reload shows', async () => {
  const message = (text: string) => ({ externalId: crypto.randomUUID(), author: 'contact', text })
  const says = async (externalId: string) =>
    (
      await app.north.machine.post('/api/v1/ingest/messages', {
        conversation: { externalId, agent: 'Freya' },
        message: message('Hello?'),
      })
    ).body.conversationId as string
  const [first, second] = [await says('live-1'), await says('live-2')]
  const path = (id: string, verb = '') => `/api/v1/conversations/${id}${verb && `/${verb}`}`
  const presence = (person: Person, state: string) => person.caller.put('/api/v1/queue/presence', { state })
  const offered = async (id: string, to: Person) =>
    until(async () => (await readAll()).items[id]?.offer?.member.id === to.memberId, 'it is offered')
  const steps: [string, () => Promise<unknown>][] = [
    ['asking', () => ana.caller.post(path(first, 'handoff'), { skills: ['Billing'] })],
    ['a skill', () => owner.caller.patch(`/api/v1/queue/operators/${ana.memberId}`, { skills: ['Billing'] })],
    ['coming', () => presence(ana, 'available')],
    ['an offer', () => offered(first, ana)],
    ['declining', () => ana.caller.post(path(first, 'decline'))],
    ['priority', () => ana.caller.patch(path(first), { priority: 'urgent' })],
    ['what is needed', () => owner.caller.patch(`/api/v1/queue/${first}`, { skills: [] })],
    ['another who comes', () => presence(ben, 'available')],
    ['their offer', () => offered(first, ben)],
    ['accepting', () => ben.caller.post(path(first, 'accept'))],
    ['answering', () => ben.caller.post(path(first, 'messages'), { text: 'Hello.' })],
    ['asking back', () => says('live-1')],
    [
      'claiming what waits',
      () => ana.caller.post(path(second, 'handoff'), {}).then(() => owner.caller.post(path(second, 'claim'))),
    ],
    ['transferring', () => owner.caller.post(path(second, 'transfer'), { memberId: ana.memberId })],
    ['leaving', () => presence(ben, 'offline')],
    ['handing back', () => ana.caller.put(path(second, 'control'), { control: 'agent' })],
    ['closing', () => owner.caller.post(path(first, 'close'))],
    ['deleting', () => owner.caller.delete(path(first))],
  ]
  for (const [what, run] of steps) {
    const reply = (await run()) as { status: number; body: unknown } | undefined
    if (reply && typeof reply === 'object')
      expect(reply.status, `${what}: ${JSON.stringify(reply.body)}`).toBeLessThan(300)
    await expectCurrent(what)
  }
})
