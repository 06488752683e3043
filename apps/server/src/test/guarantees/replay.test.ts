/** Replay equals reload: after every command, a screen that only followed events shows what a fresh load shows. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../app.ts'
import { Screen } from '../screen.ts'
import { until } from '../until.ts'

let app: TestApp
let ana: Person
let ben: Person
const screens: Screen[] = []
/** As many conversations as one screen may follow. */
const FOLLOWED = 20
let ids: string[]

const message = (author: string, text: string, externalId = crypto.randomUUID()) => ({ externalId, author, text })
async function say(externalId: string, what: ReturnType<typeof message>) {
  const reply = await app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId, agent: 'Freya' },
    message: what,
  })
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300)
  return reply.body.conversationId as string
}

beforeAll(async () => {
  app = await startTestApp()
  ana = app.north.people.ana
  ben = app.north.people.ben
  ids = []
  for (let i = 0; i < COMMANDS.length; i++) ids.push(await say(`replay-${i}`, message('contact', `Hello number ${i}`)))
  for (let i = 0; i < ids.length; i += FOLLOWED) screens.push(await Screen.open(ana.caller, ids.slice(i, i + FOLLOWED)))
})
afterAll(async () => {
  for (const screen of screens) screen.close()
  await app?.stop()
})

type Command = [
  name: string,
  run: (path: string, externalId: string, id: string) => Promise<{ status: number; body: unknown }>,
]
const takeOver = (path: string) => ana.caller.put(`${path}/control`, { control: 'operator' })
const contactOf = async (path: string) => (await ana.caller.get(path)).body

const COMMANDS: Command[] = [
  [
    'a message of the contact',
    async (_p, x) => ({ status: 200, body: await say(x, message('contact', 'And another thing')) }),
  ],
  [
    'an answer of the agent',
    async (_p, x) => ({ status: 200, body: await say(x, message('agent', 'Here is your **answer**.')) }),
  ],
  ['taking over', (p) => takeOver(p)],
  [
    'answering as an operator',
    async (p) => takeOver(p).then(() => ana.caller.post(`${p}/messages`, { text: 'Hello, this is Ana.' })),
  ],
  [
    'handing back with a note',
    async (p) => takeOver(p).then(() => ana.caller.put(`${p}/control`, { control: 'agent', note: 'Promised a call.' })),
  ],
  ['pausing', (p) => ana.caller.put(`${p}/control`, { control: 'paused' })],
  ['asking for a human', (p) => ben.caller.post(`${p}/handoff`, { reason: 'Too hard' })],
  ['closing', (p) => ana.caller.post(`${p}/close`)],
  [
    'reopening by the contact',
    async (p, x) => {
      await ana.caller.post(`${p}/close`)
      return { status: 200, body: await say(x, message('contact', 'Still there?')) }
    },
  ],
  ['reopening by an operator', (p) => ana.caller.post(`${p}/close`).then(() => ana.caller.post(`${p}/reopen`))],
  ['archiving', (p) => ana.caller.post(`${p}/archive`)],
  [
    'changing stage, title and tags',
    (p) => ana.caller.patch(p, { stage: 'opportunity', title: 'A big one', tags: [{ key: 'lang', value: 'en' }] }),
  ],
  ['priority and snooze', (p) => ana.caller.patch(p, { priority: 'urgent', snooze: { untilReply: true } })],
  ['a flag', (p) => ana.caller.post(`${p}/flags`, { reason: 'Look again' })],
  [
    'reading, and unread again',
    async (p, x) => {
      await say(x, message('contact', 'One more thing'))
      await ana.caller.post(`${p}/read`)
      return ana.caller.post(`${p}/unread`)
    },
  ],
  ['assigning', (p) => ana.caller.post(`${p}/assign`, { assigneeId: ben.memberId })],
  [
    'archiving, and undoing it',
    async (p) => {
      const done = await ana.caller.post(`${p}/actions`, { action: { type: 'archive' } })
      return ana.caller.post(`${p}/undo`, { changeId: done.body.changeId })
    },
  ],
  ['reading', (p) => ana.caller.post(`${p}/read`)],
  ['a note', (p) => ben.caller.post(`${p}/notes`, { text: 'Careful here.' })],
  ['coaching', (p) => ben.caller.post(`${p}/coaching`, { text: 'Offer the grant.' })],
  ['memory', (p) => ana.caller.patch(`${p}/memory`, { memory: { order: 'A-17', none: null } })],
  [
    'a human elsewhere',
    async (_p, x) => ({ status: 200, body: await say(x, message('operator', 'I answer from my phone')) }),
  ],
  ['blocking', async (p) => blockIn(await contactOf(p))],
  ['unblocking', async (p) => unblockIn(await blockIn(await contactOf(p)), await contactOf(p))],
  [
    'changing the contact',
    async (p) => ana.caller.patch(`/api/v1/contacts/${(await contactOf(p)).contact.id}`, { name: 'Margarethe' }),
  ],
]

const blockIn = (c: { contact: { id: string }; channel: { id: string } }) =>
  ana.caller.post(`/api/v1/contacts/${c.contact.id}/block`, { channelId: c.channel.id, reason: 'Rude' })
const unblockIn = (_blocked: unknown, c: { contact: { id: string }; channel: { id: string } }) =>
  ana.caller.post(`/api/v1/contacts/${c.contact.id}/unblock`, { channelId: c.channel.id })

test.each(COMMANDS.map(([name, run], i) => ({ name, run, i })))('$name', async ({ run, i }) => {
  const id = ids[i]!
  const screen = screens[Math.floor(i / FOLLOWED)]!
  const before = JSON.stringify(screen.shown(id))
  const reply = await run(`/api/v1/conversations/${id}`, `replay-${i}`, id)
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300)
  await screen.untilCurrent(id)
  expect(screen.entries.get(id)!.entries).toEqual(await screen.readEntries(id))
  expect(JSON.stringify(screen.shown(id))).not.toBe(before)
})

test('deleting: what was shown is gone, and the list is what a reload shows', async () => {
  const id = ids[0]!
  const screen = screens[0]!
  expect(screen.shown(id)).toBeDefined()
  expect((await app.north.people.owner.caller.delete(`/api/v1/conversations/${id}`)).status).toBe(200)
  await until(() => screen.shown(id) === undefined, 'the screen drops the conversation')
  expect(screen.entries.get(id)!.gone).toBe(true)
  const fresh = (await screen.readAll()).map((conversation) => conversation.id)
  expect(Object.keys(screen.conversations.byId).sort()).toEqual(fresh.sort())
})
