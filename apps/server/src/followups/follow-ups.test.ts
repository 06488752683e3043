/** Follow-ups: nudges, close and handoff; leads by stage; never twice, whoever dies and however many sweep. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'
import { sweepFollowUps } from './index.ts'

let app: TestApp
let channelKey: string
let agentId: string
beforeAll(async () => {
  app = await startTestApp()
  const { caller } = app.north.people.owner
  channelKey = (await caller.get('/api/v1/channels')).body.items[0].key
  agentId = (await caller.get('/api/v1/agents')).body.items[0].id
})
afterAll(() => app?.stop())

const PLANS = '/api/v1/follow-ups'
const at = (id: string, rest = '') => `/api/v1/conversations/${id}${rest}`
const owner = () => app.north.people.owner.caller
const minutesOn = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const sweep = (minutes: number) => sweepFollowUps(app.app.node.services, minutesOn(minutes))

const NUDGES = {
  kind: 'inactivity',
  name: 'Still there?',
  inHours: false,
  steps: [
    { afterMinutes: 30, text: 'Are you still there, {{contact.firstName|dear visitor}}?' },
    { afterMinutes: 60, text: 'I close this soon. — {{agent.name}}' },
  ],
  end: { do: 'close', afterMinutes: 120 },
}

/** A conversation whose agent has answered: the contact owes the next word. */
async function answered(name: string): Promise<{ id: string; contactId: string; visitor: TestVisitor }> {
  const visitor = await TestVisitor.start(app.url, channelKey, { name })
  const before = (await owner().get('/api/v1/conversations?limit=1')).body.items[0]?.id
  await visitor.say('Hello')
  let found: { id: string; contact: { id: string; name: string } } | undefined
  await until(async () => {
    const { items } = (await owner().get('/api/v1/conversations?limit=20')).body
    found = items.find((c: { contact: { name: string } }) => c.contact.name === name)
    return found !== undefined && found.id !== before && (await texts(found.id)).length >= 2
  }, 'the agent has answered')
  return { id: found!.id, contactId: found!.contact.id, visitor }
}

async function texts(id: string): Promise<string[]> {
  const { items } = (await owner().get(at(id, '/entries?kinds=message&limit=200'))).body
  return items.map((e: { text: string }) => e.text).reverse()
}
const nudges = async (id: string) => (await texts(id)).filter((text) => /still there|close this soon|quote/.test(text))

async function switchedOn(plan: object): Promise<string> {
  const { id } = (await owner().post(PLANS, plan)).body
  const { now } = (await owner().get(`${PLANS}/${id}/preview`)).body
  const on = await owner().put(`${PLANS}/${id}/switch`, { on: true, previewed: now })
  expect(on.body).toMatchObject({ enabled: true })
  return id
}
const switchOff = (id: string) => owner().put(`${PLANS}/${id}/switch`, { on: false })

test('a silent contact is nudged twice, then the conversation is closed; an answer begins the count anew', async () => {
  const plan = await switchedOn(NUDGES)
  const { id, visitor } = await answered('Nora Lind')
  await sweep(29)
  expect(await nudges(id)).toEqual([])
  await sweep(31)
  await sweep(31)
  expect(await nudges(id)).toEqual(['Are you still there, Nora?'])
  await visitor.say('Yes')
  await until(async () => (await texts(id)).length >= 5, 'the agent has answered again')
  await sweep(31)
  expect(await nudges(id)).toEqual(['Are you still there, Nora?', 'Are you still there, Nora?'])
  await sweep(61)
  await sweep(61)
  expect((await nudges(id)).at(-1)).toMatch(/^I close this soon\. — \w+/)
  await sweep(121)
  expect((await owner().get(at(id))).body).toMatchObject({
    status: 'closed',
    endReason: 'inactivity',
    outcome: 'completed',
  })
  const { items } = (await owner().get(`${PLANS}/${plan}/steps`)).body
  expect(items.map((s: { step: number; answered: boolean }) => [s.step, s.answered])).toEqual([
    [2, false],
    [1, false],
    [0, false],
    [0, true],
  ])
  await switchOff(plan)
})

test('nobody is nudged who waits for us, is with a person, is blocked, said stop, or has waited for days', async () => {
  const plan = await switchedOn(NUDGES)
  const held = await answered('With a person')
  await owner().put(at(held.id, '/control'), { control: 'operator', announce: false })
  const stopped = await answered('Said stop')
  await stopped.visitor.say('Please stop writing to me!')
  await until(async () => (await texts(stopped.id)).length >= 4, 'the agent has answered')
  const late = await answered('Long gone')
  const blocked = await answered('Blocked')
  const { body: conversation } = await owner().get(at(blocked.id))
  await owner().post(`/api/v1/contacts/${blocked.contactId}/block`, { channelId: conversation.channel.id })
  await sweep(31)
  for (const { id } of [held, stopped, blocked]) expect(await nudges(id)).toEqual([])
  expect((await owner().get(`/api/v1/contacts/${stopped.contactId}/follow-ups`)).body).toMatchObject({
    optedOut: true,
    by: null,
  })
  expect(await nudges(late.id)).toHaveLength(1)
  // 96 hours late: not written, noted.
  await sweep(200 * 60)
  expect(await nudges(late.id)).toHaveLength(1)
  await switchOff(plan)
})

test('a lead is followed up by stage after its conversation was closed, until it answers', async () => {
  const { id, visitor } = await answered('Lea Quote')
  const other = await answered('Other stage')
  for (const one of [id, other.id]) await owner().post(at(one, '/close'))
  await owner().patch(at(id), { stage: 'quote_request' })
  const lead = {
    kind: 'lead',
    name: 'Quote without an answer',
    inHours: false,
    stages: ['quote_request'],
    steps: [
      { afterMinutes: 60, text: 'Did the quote reach you?' },
      { afterMinutes: 120, text: 'Shall I keep the quote for you?' },
    ],
    end: { do: 'nothing', afterMinutes: 60 },
  }
  const plan = (await owner().post(PLANS, lead)).body.id
  const preview = (await owner().get(`${PLANS}/${plan}/preview`)).body
  expect(preview).toMatchObject({
    now: 0,
    later: 1,
    items: [{ conversationId: id, step: 0, text: 'Did the quote reach you?' }],
  })
  // Off: nothing happens, whatever is due.
  await sweep(61)
  expect(await nudges(id)).toEqual([])
  await owner().put(`${PLANS}/${plan}/switch`, { on: true, previewed: 0 })
  await sweep(61)
  expect(await nudges(id)).toEqual(['Did the quote reach you?'])
  expect((await owner().get(at(id))).body).toMatchObject({ status: 'active', control: 'agent' })
  expect(await nudges(other.id)).toEqual([])
  await visitor.say('Yes, thank you')
  await until(async () => (await texts(id)).length >= 5, 'the agent has answered')
  await sweep(500)
  expect(await nudges(id)).toEqual(['Did the quote reach you?'])
  await switchOff(plan)
})

test('a plan is switched on only for those who were previewed', async () => {
  const { id } = await answered('Late comer')
  await app.database.owner.query(
    "update earshot.conversation set last_message_at = now() - interval '2 hours' where id = $1",
    [id],
  )
  const plan = (await owner().post(PLANS, { ...NUDGES, agentIds: [agentId] })).body.id
  const refused = await owner().put(`${PLANS}/${plan}/switch`, { on: true, previewed: 0 })
  expect([refused.status, refused.body.code]).toEqual([409, 'follow_up.preview_old'])
  expect((await app.north.people.ana.caller.put(`${PLANS}/${plan}/switch`, { on: true, previewed: 99 })).status).toBe(
    403,
  )
  const bad = { ...NUDGES, steps: [{ afterMinutes: 1, text: 'Hi {{contact.firstName}}' }] }
  expect((await owner().post(PLANS, bad)).status).toBe(400)
  expect((await owner().delete(`${PLANS}/${plan}`)).status).toBe(200)
})

test('the agent answers again after a person fell silent, and not while something is unanswered', async () => {
  await owner().put(`${PLANS}/settings`, { resumeAfterMinutes: 45 })
  const silent = await answered('Silent person')
  const waiting = await answered('Waits for a person')
  for (const { id } of [silent, waiting])
    await owner().put(at(id, '/control'), { control: 'operator', announce: false })
  await owner().post(at(silent.id, '/messages'), { text: 'One moment' })
  await waiting.visitor.say('Are you there?')
  await sweep(44)
  expect((await owner().get(at(silent.id))).body.control).toBe('operator')
  await sweep(46)
  expect((await owner().get(at(silent.id))).body.control).toBe('agent')
  expect((await owner().get(at(waiting.id))).body.control).toBe('operator')
  await owner().put(`${PLANS}/settings`, { resumeAfterMinutes: null })
})

test('two nodes at once, and killed around every commit: each is nudged once', { timeout: 240_000 }, async () => {
  // Of these two alone, so that few processes have to die.
  const plan = await switchedOn({ ...NUDGES, stages: ['opportunity'] })
  const people = []
  for (const name of ['Kill One', 'Kill Two']) people.push(await answered(name))
  for (const { id } of people) await owner().patch(at(id), { stage: 'opportunity' })
  const due = minutesOn(31)
  let finished = false
  for (let n = 1; !finished; n++) {
    const when = n % 2 === 0 ? 'after' : 'before'
    finished = await sweepAndDie(due, Math.ceil(n / 2), when)
    for (const { id } of people) expect((await nudges(id)).length).toBeLessThanOrEqual(1)
  }
  const second = await app.startSecondNode()
  await Promise.all([app.app, second, app.app, second].map((node) => sweepFollowUps(node.node.services, due)))
  for (const { id } of people) expect(await nudges(id)).toHaveLength(1)
  await switchOff(plan)
})

const FIXTURE = fileURLToPath(new URL('./kill.fixture.ts', import.meta.url))

/** True when it came to its end before the moment it should have died at. */
function sweepAndDie(due: Date, number: number, when: string): Promise<boolean> {
  const args = [FIXTURE, app.database.url, app.app.node.config.dataDir, due.toISOString(), String(number), when]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(false)
      else if (code === 0 && said === 'finished') resolve(true)
      else reject(new Error(`the process ended with ${code} ${signal}`))
    })
  })
}
